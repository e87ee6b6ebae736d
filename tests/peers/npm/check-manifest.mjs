// Holds manifest.yml against Slack's own types: its shape, and the names of events and scopes.
//
//     node check-manifest.mjs [FILE]
//
// The lengths that Slack documents are not in the types; those are looked at here, as is that Socket Mode needs no address.
//
// Owns: that Slack would take the manifest. Must not: know what the app needs of it (tests/manifest.rs does).

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { blunt, validators } from './schemas/build.mjs';

const file = process.argv[2] ?? fileURLToPath(new URL('../../../manifest.yml', import.meta.url));
let failed = 0;
let passed = 0;

function check(name, complaints) {
  if (complaints.length === 0) {
    passed += 1;
    console.log(`PASS ${name}`);
    return;
  }
  for (const complaint of complaints) {
    failed += 1;
    console.log(`FAIL ${name}: ${complaint}`);
  }
}

const manifest = parse(readFileSync(file, 'utf8'), { strict: true, uniqueKeys: true });
const validate = (await validators())('AppManifest');
check('the schemas find known mistakes', await blunt());
check(
  "the manifest has the shape, the events and the scopes of Slack's types",
  validate(manifest).map(
    (mistake) => `at ${mistake.pointer}: ${mistake.says}${mistake.value ? `, not ${mistake.value}` : ''}`,
  ),
);

/** Documented limits: where, and at most how many characters or entries. */
const LIMITS = [
  ['display_information.name', 35],
  ['display_information.description', 140],
  ['display_information.long_description', 4000],
  ['features.bot_user.display_name', 80],
  ['features.shortcuts', 10],
  ['features.shortcuts.*.name', 24],
  ['features.shortcuts.*.callback_id', 255],
  ['features.shortcuts.*.description', 150],
  ['features.slash_commands', 50],
  ['features.slash_commands.*.command', 32],
  ['features.slash_commands.*.description', 2000],
  ['features.slash_commands.*.usage_hint', 1000],
  ['features.unfurl_domains', 5],
  ['oauth_config.scopes.bot', 255],
  ['oauth_config.redirect_urls', 1000],
  ['settings.event_subscriptions.bot_events', 100],
  ['settings.event_subscriptions.metadata_subscriptions', 20],
];

function at(value, path) {
  if (value === undefined || path.length === 0) return [value];
  const [first, ...rest] = path;
  if (first === '*') return (value ?? []).flatMap((one) => at(one, rest));
  return at(value?.[first], rest);
}

check(
  'nothing is longer than Slack allows',
  LIMITS.flatMap(([path, most]) =>
    at(manifest, path.split('.'))
      .filter((found) => found !== undefined && [...found].length > most)
      .map((found) => `${path} has ${[...found].length} of ${most}`),
  ),
);
const twice = (list = []) => list.filter((one, index) => list.indexOf(one) !== index);
check('no scope and no event is asked for twice', [
  ...twice(manifest.oauth_config?.scopes?.bot),
  ...twice(manifest.settings?.event_subscriptions?.bot_events),
]);
const commands = manifest.features?.slash_commands ?? [];
check(
  'commands begin with a slash',
  commands.filter(({ command }) => !/^\/[a-z0-9_-]+$/.test(command)).map(({ command }) => command),
);
const colour = manifest.display_information.background_color;
check('the colour is one', colour === undefined || /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(colour) ? [] : [colour]);
const addresses = [
  manifest.settings?.event_subscriptions?.request_url,
  manifest.settings?.interactivity?.request_url,
  ...commands.map(({ url }) => url),
].filter(Boolean);
check(
  'Socket Mode is on and nothing has an address of its own',
  manifest.settings?.socket_mode_enabled === true ? addresses : ['it is off'],
);

console.log(`${failed ? 'FAIL' : 'PASS'} ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
