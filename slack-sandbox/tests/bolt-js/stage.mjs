// What the checks stand on: where the sandbox and the official clients are, telling of facts, people's deeds over /control,
// and blocks.
//
// Owns: how a check is made and told. Must not: check anything itself.

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: process.env.SLACK_SANDBOX_URL ?? 'http://127.0.0.1:3900' },
    modules: { type: 'string' },
  },
});
export const base = options.url.replace(/\/$/, '');
const modules = options.modules
  ? pathToFileURL(`${resolve(options.modules)}/package.json`)
  : new URL('../../../tests/peers/npm/package.json', import.meta.url);
const require = createRequire(modules);
export const { App, LogLevel, SocketModeReceiver } = require('@slack/bolt');
export const { SocketModeClient } = require('@slack/socket-mode');
export const { WebClient, WebClientEvent } = require('@slack/web-api');

export const counts = { PASS: 0, FAIL: 0, SKIP: 0 };

// What the sandbox is known to do otherwise than Slack, by the name of the check. Such a check is skipped; once it holds,
// it fails until its line here is gone.
export const KNOWN_DIFFERENCES = {
};

export function report(outcome, name, detail) {
  counts[outcome] += 1;
  const said = detail === undefined ? '' : `: ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`;
  console.log(`${outcome} ${name}${said.slice(0, 1500)}`);
}

/** One fact. `detail` is printed when it does not hold. */
export function check(name, truth, detail) {
  const known = KNOWN_DIFFERENCES[name];
  if (known && truth) report('FAIL', name, 'it holds now: take it out of KNOWN_DIFFERENCES');
  else if (known) report('SKIP', name, known);
  else if (truth) report('PASS', name);
  else report('FAIL', name, detail ?? 'it does not hold');
  return Boolean(truth);
}

/** The same, for two values that must be alike. */
export function same(name, found, wanted) {
  return check(
    name,
    isDeepStrictEqual(found, wanted),
    `found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`,
  );
}

/** Facts that belong together: an exception fails the rest of them, not those of other sections. */
export async function section(name, facts) {
  try {
    await facts();
  } catch (error) {
    report('FAIL', `${name} (could not go on)`, error?.stack ?? String(error));
  }
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Looks until there is something, for a while; answers what was there last. */
export async function wait(look, seconds = 5) {
  const end = performance.now() + seconds * 1000;
  let found = await look();
  while (!found && performance.now() < end) {
    await pause(20);
    found = await look();
  }
  return found;
}

/** Somebody's deed or a question; the answer carries `status`, hidden from comparisons. */
export async function control(path, body) {
  const answer = await fetch(`${base}/control/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  let said;
  try {
    said = JSON.parse(text);
  } catch {
    said = { error: text };
  }
  if (said && typeof said === 'object') Object.defineProperty(said, 'status', { value: answer.status });
  return said;
}

/** A deed that must succeed. A client whose connection broke, as it does when the machine stalls, has time to come back. */
export async function does(path, body) {
  let answer;
  await wait(async () => {
    answer = await control(path, body);
    return !/has no live Socket Mode connection/.test(answer?.error ?? '');
  }, 30);
  if (answer.status !== 200) throw new Error(`/control/${path} ${JSON.stringify(body)}: ${JSON.stringify(answer)}`);
  return answer;
}

export const sees = (person) => control(`seen?person=${person}`);
export const modalOf = async (person) => (await sees(person)).modal;
export const waitForModal = (person, title) =>
  wait(async () => {
    const modal = await modalOf(person);
    return modal?.title === title ? modal : null;
  });
export const waitForMessage = (person, kind, shown) =>
  wait(async () => (await sees(person))[kind].find((message) => message.shown === shown));

/** The error code with which Slack refuses a call, or what came instead of a refusal. */
export async function refusal(call) {
  try {
    const answer = await call;
    return `it was not refused: ${JSON.stringify(answer)}`;
  } catch (error) {
    return error?.data?.error ?? String(error);
  }
}

export const plain = (text) => ({ type: 'plain_text', text });
export const mrkdwn = (text) => ({ type: 'mrkdwn', text });
export const paragraph = (text) => ({ type: 'section', text: mrkdwn(text) });
export const option = (text, value = text.toLowerCase()) => ({ text: plain(text), value });
export const button = (text, actionId, more = {}) => ({
  type: 'button',
  action_id: actionId,
  text: plain(text),
  ...more,
});
export const actions = (...elements) => ({ type: 'actions', elements });
export const input = (label, id, element, more = {}) => ({
  type: 'input',
  block_id: id,
  label: plain(label),
  element: { action_id: 'value', ...element },
  ...more,
});
export const modal = (title, blocks, more = {}) => ({ type: 'modal', title: plain(title), blocks, ...more });

// Who is there, and Slack's clients with the sandbox's address.
export const facts = await does('state');
export const people = await does('people');
export const idOf = (handle) => people.find((person) => person.name === handle).id;
export const [ada, grace, katherine] = ['ada', 'grace', 'katherine'].map(idOf);
// A person as events tell of one.
export const changed = (id) => ({
  user: { ...people.find((person) => person.id === id), locale: 'en-GB' },
  cache_ts: Math.floor(Date.now() / 1000),
});
export const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
export const clientOptions = { slackApiUrl: `${base}/api/`, logger: quiet };
/** Repeats what failed, soon. */
export const rapid = new WebClient(facts.bot_token, {
  ...clientOptions,
  retryConfig: { retries: 3, minTimeout: 20, maxTimeout: 100 },
});
// Rates hold a channel, so every section has one of its own.
export const roomOf = async (...users) => (await rapid.conversations.open({ users: users.join(',') })).channel.id;
