// What the checks against emulate stand on: telling of facts, one call of a method as the app makes it, and emulate itself.
//
// Owns: how a call is made and a check told. Must not: check anything itself.

import { fetchAlone, startEmulate, TOKENS } from './emulate.mjs';

export const counts = { PASS: 0, FAIL: 0, SKIP: 0 };

export function report(outcome, name, detail) {
  counts[outcome] += 1;
  const said = detail === undefined ? '' : `: ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`;
  console.log(`${outcome} ${name}${said.slice(0, 1200)}`);
}

export const check = (name, truth, detail) =>
  report(truth ? 'PASS' : 'FAIL', name, truth ? undefined : (detail ?? 'it does not hold'));
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Slack's methods at an address. `reads` says how methods without a JSON body are called. */
export class Slack {
  constructor(name, url, token, reads) {
    Object.assign(this, { name, url, token, reads });
  }

  as(token) {
    return Object.assign(Object.create(Slack.prototype), this, { token });
  }

  /** One call as the app makes it, or, for what the app does not call, as JSON. */
  async call(method, given = {}) {
    const headers = this.token ? { authorization: `Bearer ${this.token}` } : {};
    let address = `${this.url}/api/${method}`;
    let init = {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(given),
    };
    if (READS.has(method)) {
      const pairs = new URLSearchParams(
        Object.entries(given).filter(([, value]) => value !== null && value !== undefined),
      );
      if (this.reads === 'GET') {
        address += `?${pairs}`;
        init = { headers };
      } else {
        init = {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
          body: pairs.toString(),
        };
      }
    }
    const answer = await fetchAlone(address, init);
    const text = await answer.text();
    if (answer.status === 429) {
      await pause(1000 * Number(answer.headers.get('retry-after') ?? 1));
      return this.call(method, given);
    }
    return answer.status === 200 ? JSON.parse(text) : { ok: false, error: `HTTP ${answer.status}`, text };
  }

  /** The same, which must work. */
  async must(method, given) {
    const answer = await this.call(method, given);
    if (answer.ok !== true)
      throw new Error(`${this.name}: ${method} ${JSON.stringify(given).slice(0, 300)}: ${JSON.stringify(answer)}`);
    return answer;
  }
}

/** Methods the app calls by GET. */
export const READS = new Set([
  'users.list',
  'users.info',
  'conversations.history',
  'conversations.replies',
  'conversations.members',
  'conversations.info',
  'files.getUploadURLExternal',
  'team.profile.get',
  'users.profile.get',
]);

/** Seconds, as Slack counts them. */
export const now = () => Math.floor(Date.now() / 1000);

export const plain = (text) => ({ type: 'plain_text', text });
export const aModal = (title = 'A form') => ({
  type: 'modal',
  title: plain(title),
  callback_id: 'form',
  blocks: [{ type: 'divider' }],
});
export const aHome = (text = 'Welcome') => ({ type: 'home', blocks: [{ type: 'section', text: plain(text) }] });

export const emulate = await startEmulate();
export const slack = new Slack('emulate', emulate.url, TOKENS.bot, 'POST');
export const people = (await slack.must('users.list', { limit: '200' })).members;
export const idOf = (name) => people.find((person) => person.name === name).id;
