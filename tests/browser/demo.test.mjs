// The demo itself: its story with somebody at the page, people of one's own, its guided tour.

import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";

import { sitDown, startBrowser, startDemo, tell } from "./stage.mjs";
import { eventually } from "./waiting.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
});

/** A file of people, which the system takes away some day. */
function peopleFile(people) {
  const file = join(mkdtempSync(join(tmpdir(), "demo-")), "people.json");
  writeFileSync(file, JSON.stringify(people));
  return file;
}

test("who touches the clock while the story is told takes over", async () => {
  const demo = await startDemo("--story");
  try {
    await eventually(() => assert.ok(demo.said.some((line) => line.includes("Ada types"))), 20_000);
    const turned = await fetch(`${demo.address}/control/clock`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ minutes: 60 * 24 * 30 }) });
    assert.equal(turned.status, 200);
    await eventually(() => assert.ok(demo.said.includes("You took over; the story stops here."), demo.said.at(-1)), 60_000);
    assert.equal((await fetch(demo.address)).status, 200, "it stays up");
  } finally {
    await demo.stop();
  }
});

test("people of one's own have a channel to type in", async () => {
  const people = [{ handle: "zoe", name: "Zoe Example", tz: "Europe/Paris" }, { handle: "max", name: "Max Example" }];
  const demo = await startDemo("--people", peopleFile(people));
  try {
    const zoe = await sitDown(browser, demo.address, "zoe");
    await tell("own-people", [zoe], async () => {
      await zoe.types("/mentor help");
      await zoe.reads("What you can type");
      assert.equal(await zoe.page.getByRole("button", { name: "Tour" }).count(), 0);
    });
    await zoe.leaves();
  } finally {
    await demo.stop();
  }
});
