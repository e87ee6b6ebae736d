// Holds everything the app showed or said in a run of its tests against Slack's own types.
//
//     node check-screens.mjs FOLDER [--partial]
//
// FOLDER has files *.jsonl, one JSON object a line, of one of two forms:
//     {"kind": "modal" | "home" | "message", "from": "chat.postMessage", "test": "its name", "body": {…}}
//         a message is from chat.postMessage, chat.update, response_url or acknowledgement
//     {"method": "views.open", "arguments": {…}, "error"?: "how it was refused", "test"?: "its name"}
// Each distinct mistake is told once, with the first test and place it was seen in and how often it was seen.
//
// schemas/exceptions.json lists where Slack takes more than its types know, each with the reason. An exception that no
// line needs any more is a mistake, too, unless --partial says that FOLDER is not from all tests.
//
// Owns: reading, counting and telling. Must not: say what is right; that is in the types.

import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { blunt, validators } from './schemas/build.mjs';

const { values: options, positionals } = parseArgs({
  options: { partial: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [folder] = positionals;
if (!folder) {
  console.error('usage: node check-screens.mjs FOLDER [--partial]');
  process.exit(2);
}

const exceptions = JSON.parse(readFileSync(new URL('schemas/exceptions.json', import.meta.url), 'utf8'));
const strict = await validators();
const loose = await validators({ loose: true });
const failures = new Map();
const used = exceptions.map(() => 0);
const checked = { modal: 0, home: 0, message: 0, call: 0 };
const sources = new Map();

/** The type a line is held against, and what of it. */
function judge(line) {
  // The bytes of a file, put at an address that a method gave: no method, and no type of Slack's.
  if (line.method === 'upload') return 'nothing';
  if (line.method !== undefined) {
    if (line.method === 'response_url')
      return { kind: 'message', name: 'Response', body: line.arguments.body ?? line.arguments };
    const name = line.method
      .split('.')
      .map((part) => part[0].toUpperCase() + part.slice(1))
      .join('');
    return { kind: 'call', name, body: line.arguments, loose: true };
  }
  if (line.kind === 'modal') return { kind: 'modal', name: 'Modal', body: line.body };
  if (line.kind === 'home') return { kind: 'home', name: 'Home', body: line.body };
  if (line.kind === 'message') {
    const names = {
      'chat.postMessage': 'ChatPostMessage',
      'chat.update': 'ChatUpdate',
      response_url: 'Response',
      acknowledgement: 'Response',
    };
    return { kind: 'message', name: names[line.from] ?? 'unknown', body: line.body, bare: true };
  }
  return null;
}

function fail(where, test, mistake) {
  const place = mistake.pointer.replace(/\/\d+(?=\/|$)/g, '/*');
  const key = `${where} ${mistake.among} ${mistake.property} ${mistake.says}${mistake.keyword === 'enum' || mistake.keyword === 'const' ? mistake.value : ''} ${place.split('/').slice(-2).join('/')}`;
  const known = failures.get(key);
  if (known) known.count += 1;
  else failures.set(key, { where, test, mistake, count: 1 });
}

function excepted(mistake) {
  const index = exceptions.findIndex((exception) =>
    ['among', 'property', 'keyword'].every(
      (name) => exception[name] === undefined || exception[name] === mistake[name],
    ),
  );
  if (index >= 0) used[index] += 1;
  return index >= 0;
}

function checkLine(text, where) {
  let line;
  try {
    line = JSON.parse(text);
  } catch (error) {
    fail(where, '', { pointer: '/', among: '', property: '', keyword: 'json', says: String(error) });
    return;
  }
  const test = line.test ?? '';
  const what = judge(line);
  if (what === 'nothing') return;
  const from = line.method ?? `${line.kind} by ${line.from ?? 'nobody'}`;
  sources.set(from, (sources.get(from) ?? 0) + 1);
  const validate = what && (what.loose ? loose : strict)(what.name);
  if (!validate) {
    fail(from, test, {
      pointer: '/',
      among: '',
      property: '',
      keyword: 'unknown',
      says: 'no type is known for this: see schemas/screens.ts',
    });
    return;
  }
  checked[what.kind] += 1;
  // A message may be written down without where it went.
  const body = what.bare
    ? {
        ...(what.name === 'Response'
          ? {}
          : { channel: 'D0', ...(what.name === 'ChatUpdate' ? { ts: '1.000001' } : {}) }),
        ...what.body,
      }
    : what.body;
  for (const mistake of validate(body)) {
    if (!excepted(mistake)) fail(from, test, mistake);
  }
}

const seen = new Set();
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .sort()) {
  for (const text of readFileSync(join(folder, file), 'utf8').split('\n')) {
    if (text.trim() === '' || seen.has(text)) continue;
    seen.add(text);
    checkLine(text, basename(file));
  }
}
if (seen.size === 0) {
  console.log(`FAIL there is nothing in ${folder}`);
  process.exit(1);
}

for (const { where, test, mistake, count } of failures.values()) {
  const among = mistake.among ? ` (in ${mistake.among})` : '';
  const value = mistake.value === undefined ? '' : `, not ${mistake.value}`;
  console.log(
    `FAIL ${where}${among} at ${mistake.pointer}: ${mistake.says}${value} [${count} times, first in ${test || 'a test without a name'}]`,
  );
}
for (const [from, count] of [...sources].sort()) {
  const wrong = [...failures.values()].some(({ where }) => where === from);
  if (!wrong) console.log(`PASS ${from}: ${count} different`);
}
const dull = await blunt();
for (const complaint of dull) console.log(`FAIL the schemas miss a known mistake: ${complaint}`);
let unused = 0;
for (const [index, exception] of exceptions.entries()) {
  if (used[index] > 0) console.log(`SKIP ${used[index]} times: ${exception.reason}`);
  else if (!options.partial) {
    unused += 1;
    console.log(`FAIL the exception ${JSON.stringify(exception)} matches nothing any more: take it out`);
  }
}
const failed = failures.size + unused + dull.length;
const told = Object.entries(checked)
  .map(([kind, count]) => `${count} of kind ${kind}`)
  .join(', ');
console.log(
  `${failed ? 'FAIL' : 'PASS'} ${seen.size} lines from ${sources.size} sources (${told}), ${failed} distinct failures`,
);
process.exit(failed ? 1 : 0);
