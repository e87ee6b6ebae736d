// Holds what a sandbox has said to an app against Slack's own types: every envelope, and every answer of the Web API.
//
//     node check-payloads.mjs --url http://127.0.0.1:3900
//
// Run it when an app has been driven; it reads /control/envelopes and /control/calls. The types are of what Slack really
// says, so a wrong type or a missing field would mislead any app. Each distinct mistake is told once.
//
// Owns: reading and telling. Must not: drive anything. schemas/payload-exceptions.json lists where Slack's types are wrong
// about Slack, each with the reason.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { validators } from './schemas/build.mjs';

const { values: options } = parseArgs({ options: { url: { type: 'string', default: 'http://127.0.0.1:3900' } } });
const base = options.url.replace(/\/$/, '');
const ask = async (path) => (await fetch(`${base}/control/${path}`)).json();
const exceptions = JSON.parse(readFileSync(new URL('schemas/payload-exceptions.json', import.meta.url), 'utf8'));
const used = exceptions.map(() => 0);
const find = await validators({ source: 'payloads' });
const camel = (text) =>
  text
    .split(/[._]/)
    .map((part) => part[0].toUpperCase() + part.slice(1))
    .join('');
const failures = new Map();
const counted = new Map();

function judge(what, name, body) {
  const validate = find(name);
  if (!validate) return;
  counted.set(what, (counted.get(what) ?? 0) + 1);
  for (const mistake of validate(body)) {
    const place = mistake.pointer.replace(/\/\d+(?=\/|$)/g, '/*');
    const index = exceptions.findIndex(
      (one) =>
        new RegExp(`^(?:${one.what})$`).test(what) &&
        new RegExp(`^(?:${one.place})$`).test(place) &&
        (!one.keyword || one.keyword === mistake.keyword) &&
        (!one.property || one.property === mistake.property),
    );
    if (index >= 0) {
      used[index] += 1;
      continue;
    }
    const key = `${what} ${place} ${mistake.says}`;
    const known = failures.get(key) ?? { what, place, mistake, count: 0 };
    known.count += 1;
    failures.set(key, known);
  }
}

const INTERACTIONS = {
  block_actions: 'BlockActions',
  view_submission: 'ViewSubmission',
  view_closed: 'ViewClosed',
  shortcut: 'Shortcut',
  message_action: 'MessageAction',
  block_suggestion: 'Suggestion',
};
for (const { kind, payload } of await ask('envelopes')) {
  if (kind === 'slash_commands') judge('a command', 'Command', payload);
  else if (kind === 'events_api') {
    judge('an event', 'EventCallback', payload);
    const { event } = payload;
    if (event.type !== 'message' || event.subtype === undefined)
      judge(`the event ${event.type}`, `Event${camel(event.type)}`, event);
  } else judge(payload.type, INTERACTIONS[payload.type] ?? '', payload);
}
for (const { method, response, status } of await ask('calls')) {
  if (status === 200 && response?.ok === true) judge(method, camel(method), response);
}

for (const [what, count] of [...counted].sort()) {
  if (![...failures.values()].some((failure) => failure.what === what)) console.log(`PASS ${what}: ${count}`);
}
for (const { what, place, mistake, count } of failures.values()) {
  const value = mistake.value === undefined ? '' : `, not ${mistake.value}`;
  console.log(`FAIL ${what} at ${place}: ${mistake.says}${value} [${count} times]`);
}
let unused = 0;
for (const [index, exception] of exceptions.entries()) {
  if (used[index] > 0) console.log(`SKIP ${used[index]} times: ${exception.reason}`);
  else {
    unused += 1;
    console.log(`FAIL the exception ${JSON.stringify(exception)} matches nothing any more: take it out`);
  }
}
if (counted.size === 0) console.log('FAIL nothing has been said yet: drive the sandbox first');
const failed = failures.size + unused + (counted.size === 0 ? 1 : 0);
console.log(`${failed ? 'FAIL' : 'PASS'} in all: ${counted.size} kinds of payload, ${failed} distinct failures`);
process.exit(failed ? 1 : 0);
