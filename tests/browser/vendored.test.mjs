// What the page carries of other people's software is what they published, byte for byte.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const vendor = new URL("../../slack-sandbox/src/page/assets/vendor/", import.meta.url);
const published = {
  "preact.module.js": "preact/dist/preact.mjs",
  "hooks.module.js": "preact/hooks/dist/hooks.mjs",
  "htm.module.js": "htm/dist/htm.module.js",
  "preact.LICENSE.txt": "preact/LICENSE",
  "htm.LICENSE.txt": "htm/LICENSE",
};

for (const [ours, theirs] of Object.entries(published)) {
  test(`${ours} is ${theirs}`, () => {
    const file = readFileSync(new URL(ours, vendor));
    assert.ok(file.equals(readFileSync(new URL(`node_modules/${theirs}`, import.meta.url))));
  });
}

test("the versions are those that are checked", () => {
  const noted = JSON.parse(readFileSync(new URL("versions.json", vendor)));
  for (const [name, version] of Object.entries(noted)) {
    const manifest = JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url)));
    assert.equal(manifest.version, version);
  }
});
