// The app's own calls, as its tests wrote them down, made again at emulate.
//
// A line may have an `error`, with which Slack refused the call: it is left out, since emulate's ids are good ones.
//
// Owns: mapping ids of the record to emulate's, and comparing. Must not: know what the calls are about.

import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { aHome, aModal, check, idOf, READS, report, slack } from './calls.mjs';
import { fetchAlone, PEOPLE } from './emulate.mjs';

/** What the app reads of each method's answer. */
const READ_BY_APP = {
  'auth.test': ({ team_id, user_id }) => typeof team_id === 'string' && typeof user_id === 'string',
  'chat.delete': ({ ok }) => ok === true,
  'chat.postMessage': ({ channel, ts }) => typeof channel === 'string' && /^\d+\.\d+$/.test(ts),
  'chat.update': ({ ok }) => ok === true,
  'conversations.history': ({ messages, has_more }) =>
    Array.isArray(messages) && typeof has_more === 'boolean' && messages.every(({ ts }) => typeof ts === 'string'),
  'conversations.open': ({ channel }) => typeof channel?.id === 'string',
  'conversations.replies': ({ messages }) => Array.isArray(messages) && messages.every(({ ts }) => typeof ts === 'string'),
  'files.completeUploadExternal': ({ files }) => Array.isArray(files) && files.every(({ id }) => typeof id === 'string'),
  'files.getUploadURLExternal': ({ upload_url, file_id }) =>
    typeof upload_url === 'string' && typeof file_id === 'string',
  'users.info': ({ user }) => typeof user?.id === 'string' && typeof user?.name === 'string',
  'users.profile.get': ({ profile }) => typeof profile === 'object' && profile !== null,
  'users.list': ({ members }) =>
    Array.isArray(members) && members.every(({ id, name }) => typeof id === 'string' && typeof name === 'string'),
  'views.open': ({ view }) => typeof view?.id === 'string' && typeof view?.hash === 'string',
  'views.publish': ({ view }) => typeof view?.id === 'string' && typeof view?.hash === 'string',
  'views.push': ({ view }) => typeof view?.id === 'string' && typeof view?.hash === 'string',
  'views.update': ({ view }) => typeof view?.id === 'string' && typeof view?.hash === 'string',
};

/** What emulate has not. */
const UNKNOWN_TO_EMULATE = {
  'apps.connections.open': 'emulate has no Socket Mode',
  'team.profile.get': 'emulate has no profile fields of a workspace',
};

/** Ids of the recording, each with one of emulate's. */
class Mapping {
  users = new Map();
  channels = new Map();
  messages = new Map();
  views = new Map();

  user(id) {
    if (!this.users.has(id)) this.users.set(id, idOf(PEOPLE[this.users.size % PEOPLE.length]));
    return this.users.get(id);
  }

  async channel(id) {
    if (/^[UW]/.test(id)) return this.user(id);
    if (!this.channels.has(id)) {
      const user = idOf(PEOPLE[this.channels.size % PEOPLE.length]);
      this.channels.set(id, (await slack.must('conversations.open', { users: user })).channel.id);
    }
    return this.channels.get(id);
  }

  async message(channel, ts) {
    const key = `${channel} ${ts}`;
    if (!this.messages.has(key))
      this.messages.set(
        key,
        (await slack.must('chat.postMessage', { channel: await this.channel(channel), text: 'Before' })).ts,
      );
    return this.messages.get(key);
  }

  async trigger(user, view) {
    return (await slack.must('views.generateTriggerId', { user_id: user, ...(view ? { view_id: view.id } : {}) }))
      .trigger_id;
  }

  async view(id) {
    if (!this.views.has(id))
      this.views.set(
        id,
        (await slack.must('views.open', { trigger_id: await this.trigger(idOf('ada')), view: aModal() })).view,
      );
    return this.views.get(id);
  }
}

/** A file of emulate's in the place of one of the recording, whose bytes are at its address. */
async function uploaded(file) {
  const { upload_url, file_id } = await slack.must('files.getUploadURLExternal', { filename: 'a.txt', length: '5' });
  await fetchAlone(upload_url, { method: 'POST', body: 'bytes' });
  return { ...file, id: file_id };
}

async function mapped(mapping, method, recorded) {
  const texts = JSON.stringify(recorded).replace(/\b[UW][A-Z0-9]{7,}\b/g, (id) => mapping.user(id));
  const given = JSON.parse(texts);
  // Ids that stand alone, whatever they look like; tests make up short ones.
  for (const name of ['user', 'user_id']) if (recorded[name]) given[name] = mapping.user(recorded[name]);
  if (recorded.users)
    given.users = recorded.users
      .split(',')
      .map((id) => mapping.user(id))
      .join(',');
  if (recorded.channel) given.channel = await mapping.channel(recorded.channel);
  if (recorded.channel_id) given.channel_id = await mapping.channel(recorded.channel_id);
  if (recorded.files) given.files = await Promise.all(recorded.files.map((file) => uploaded(file)));
  if (recorded.ts) given.ts = await mapping.message(recorded.channel, recorded.ts);
  if (recorded.thread_ts) given.thread_ts = await mapping.message(recorded.channel ?? recorded.channel_id, recorded.thread_ts);
  if (method === 'views.push')
    given.trigger_id = await mapping.trigger(
      idOf('ada'),
      (await slack.must('views.open', { trigger_id: await mapping.trigger(idOf('ada')), view: aModal() })).view,
    );
  else if (recorded.trigger_id) given.trigger_id = await mapping.trigger(idOf('ada'));
  if (recorded.view_id) {
    const view = await mapping.view(recorded.view_id);
    given.view_id = view.id;
    if (recorded.hash) given.hash = view.hash;
  }
  if (method === 'views.publish' && recorded.hash)
    given.hash = (await slack.must('views.publish', { user_id: given.user_id, view: aHome() })).view.hash;
  return given;
}

/** What a call is like, whatever its words: the keys and types, and where blocks tell themselves apart. */
function shape(value, key = '') {
  if (Array.isArray(value)) return value.map((one) => shape(one));
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shape(one, name)]));
  return ['type', 'callback_id', 'style'].includes(key) ? value : typeof value;
}

export async function replay(file) {
  if (!file || !existsSync(file)) {
    report('SKIP', "the app's calls", `there is no record of them${file ? ` at ${file}` : ''}`);
    return;
  }
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
  const distinct = new Map();
  for (const line of lines) {
    if (line.error) continue;
    if (line.method === 'upload' || line.method === 'response_url') continue;
    distinct.set(`${line.method} ${JSON.stringify(shape(line.arguments))}`, line);
  }
  const methods = Map.groupBy(distinct.values(), (line) => line.method);
  const mapping = new Mapping();
  for (const [method, all] of [...methods].sort()) {
    if (UNKNOWN_TO_EMULATE[method]) {
      report('SKIP', method, UNKNOWN_TO_EMULATE[method]);
      continue;
    }
    const complaints = [];
    for (const { arguments: recorded } of all.slice(0, MOST_OF_A_METHOD)) {
      const given = await mapped(mapping, method, recorded);
      const answer = await slack.call(method, given);
      const complain = (why) =>
        complaints.push(
          `${why}: ${JSON.stringify(given).slice(0, 400)} was answered ${JSON.stringify(answer).slice(0, 400)}`,
        );
      if (answer.ok !== true) complain('refused');
      else if (!READ_BY_APP[method]) complain('the app is not known to call this');
      else if (!READ_BY_APP[method](answer)) complain('what the app reads is not there');
      const kept = answer.message ?? answer.view;
      for (const name of ['text', 'blocks', 'metadata']) {
        if (answer.message && given[name] !== undefined && !isDeepStrictEqual(kept[name], given[name]))
          complain(`${name} came back otherwise`);
      }
      for (const name of ['blocks', 'title', 'submit', 'close', 'callback_id', 'private_metadata', 'notify_on_close']) {
        if (answer.view && given.view[name] !== undefined && !isDeepStrictEqual(kept[name], given.view[name]))
          complain(`${name} came back otherwise`);
      }
      if (given.view_id && answer.view) mapping.views.set(recorded.view_id, answer.view);
      if (method === 'chat.delete') mapping.messages.delete(`${recorded.channel} ${recorded.ts}`);
    }
    const by = READS.has(method) ? ', by POST since emulate reads only so' : '';
    const total = lines.filter((line) => line.method === method).length;
    check(
      `${method}: ${Math.min(all.length, MOST_OF_A_METHOD)} shapes of ${total} calls${by}`,
      complaints.length === 0,
      complaints.slice(0, 3).join(' | '),
    );
  }
}

/** At most so many different shapes of one method. */
const MOST_OF_A_METHOD = 80;
