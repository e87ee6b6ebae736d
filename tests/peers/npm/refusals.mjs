// What Slack refuses and what it allows, provoked in emulate and in the sandbox alike.
//
// Owns: the scenarios and the two stages they are played on. Must not: know the app.

import { isDeepStrictEqual } from 'node:util';
import { aHome, aModal, check, idOf, now, pause, report, Slack, slack } from './calls.mjs';
import { TOKENS } from './emulate.mjs';

/** emulate, with a way to get triggers. */
export function emulateStage() {
  const rich = slack.as(TOKENS.rich);
  return {
    name: 'emulate',
    slack: rich,
    poor: slack.as(TOKENS.poor),
    other: slack.as(TOKENS.other),
    person: idOf,
    trigger: async (name, view) =>
      (await rich.must('views.generateTriggerId', { user_id: idOf(name), ...(view ? { view_id: view.id } : {}) }))
        .trigger_id,
    end: () => {},
  };
}

/** A running sandbox; triggers come from commands that an official client receives. */
export async function sandboxStage(url) {
  const { SocketModeClient } = await import('@slack/socket-mode');
  const state = await (await fetch(`${url}/control/state`)).json();
  const there = await (await fetch(`${url}/control/people`)).json();
  const quiet = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => 'error', setName() {} };
  const client = new SocketModeClient({
    appToken: state.app_token,
    clientOptions: { slackApiUrl: `${url}/api/`, logger: quiet },
    logger: quiet,
  });
  let latest;
  client.on('message', ({ ack }) => ack());
  client.on('slash_commands', async ({ ack, body }) => {
    latest = body.trigger_id;
    await ack();
  });
  await client.start();
  const control = async (path, body) => {
    const answer = await fetch(`${url}/control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  };
  // Enough for a group that is too large.
  for (let count = 1; count <= 6; count += 1)
    await control('people', { handle: `peer${count}`, name: `Peer ${count}` });
  return {
    name: 'slack-sandbox',
    another: (text) => control('types', { person: 'ada', text }),
    slack: new Slack('slack-sandbox', url, state.bot_token, 'GET'),
    person: (name) => there.find((person) => person.name === name).id,
    trigger: async (person) => {
      await control('types', { person, text: '/trigger' });
      return latest;
    },
    end: () => client.disconnect(),
  };
}

/**
 * What Slack documents: a name, the error wanted (`ok` for none) and how to provoke it. A stage's name with a reason says
 * that this stage is known not to do so; once it does, that is a failure, so that the reason is taken out.
 */
const SCENARIOS = [
  [
    'a trigger opens one modal',
    'exchanged_trigger_id',
    async ({ slack, trigger }) => {
      const trigger_id = await trigger('ada');
      await slack.must('views.open', { trigger_id, view: aModal() });
      return slack.call('views.open', { trigger_id, view: aModal() });
    },
  ],
  [
    'a trigger lives three seconds',
    'expired_trigger_id',
    async ({ slack, trigger }) => {
      const trigger_id = await trigger('ada');
      await pause(4100);
      return slack.call('views.open', { trigger_id, view: aModal() });
    },
  ],
  [
    'a trigger that was never given',
    'invalid_trigger_id',
    ({ slack }) => slack.call('views.open', { trigger_id: '1.2.abc', view: aModal() }),
  ],
  [
    'views.publish with the hash',
    'ok',
    async ({ slack, person }) => {
      const { view } = await slack.must('views.publish', { user_id: person('ada'), view: aHome() });
      return slack.call('views.publish', { user_id: person('ada'), hash: view.hash, view: aHome('Again') });
    },
  ],
  [
    'views.publish with an old hash',
    'hash_conflict',
    async ({ slack, person }) => {
      const { view } = await slack.must('views.publish', { user_id: person('grace'), view: aHome() });
      await slack.must('views.publish', { user_id: person('grace'), view: aHome('Changed') });
      return slack.call('views.publish', { user_id: person('grace'), hash: view.hash, view: aHome() });
    },
  ],
  [
    'views.publish to nobody',
    'user_not_found',
    ({ slack }) => slack.call('views.publish', { user_id: 'U0NOBODY0', view: aHome() }),
  ],
  [
    'views.update with the hash',
    'ok',
    async ({ slack, trigger }) => {
      const { view } = await slack.must('views.open', { trigger_id: await trigger('ada'), view: aModal() });
      return slack.call('views.update', { view_id: view.id, hash: view.hash, view: aModal('Changed') });
    },
  ],
  [
    'views.update with an old hash',
    'hash_conflict',
    async ({ slack, trigger }) => {
      const { view } = await slack.must('views.open', { trigger_id: await trigger('ada'), view: aModal() });
      await slack.must('views.update', { view_id: view.id, view: aModal('Changed') });
      return slack.call('views.update', { view_id: view.id, hash: view.hash, view: aModal() });
    },
  ],
  [
    'views.update of nothing',
    'not_found',
    ({ slack }) => slack.call('views.update', { view_id: 'V0NOTHING', view: aModal() }),
  ],
  [
    'a stack of three modals',
    'ok',
    async ({ slack, trigger }) => {
      let { view } = await slack.must('views.open', { trigger_id: await trigger('katherine'), view: aModal('One') });
      ({ view } = await slack.must('views.push', {
        trigger_id: await trigger('katherine', view),
        view: aModal('Two'),
      }));
      return slack.call('views.push', { trigger_id: await trigger('katherine', view), view: aModal('Three') });
    },
  ],
  [
    'a stack of four modals',
    'push_limit_reached',
    async ({ slack, trigger }) => {
      let { view } = await slack.must('views.open', { trigger_id: await trigger('katherine'), view: aModal('One') });
      ({ view } = await slack.must('views.push', {
        trigger_id: await trigger('katherine', view),
        view: aModal('Two'),
      }));
      ({ view } = await slack.must('views.push', {
        trigger_id: await trigger('katherine', view),
        view: aModal('Three'),
      }));
      return slack.call('views.push', { trigger_id: await trigger('katherine', view), view: aModal('Four') });
    },
  ],
  [
    'an external id twice',
    'duplicate_external_id',
    async ({ slack, trigger, person }) => {
      await slack.must('views.publish', { user_id: person('alan'), view: { ...aHome(), external_id: 'mine' } });
      return slack.call('views.open', { trigger_id: await trigger('ada'), view: { ...aModal(), external_id: 'mine' } });
    },
  ],
  [
    'a missing scope',
    'missing_scope',
    ({ poor, person }) => poor && poor.call('chat.postMessage', { channel: person('ada'), text: 'x' }),
  ],
  ['no token', 'not_authed', ({ slack }) => slack.as('').call('auth.test')],
  [
    'an unknown token',
    'invalid_auth',
    ({ slack }) => slack.as('xoxb-nobody').call('auth.test'),
    { emulate: "it takes any token for its first person's" },
  ],
  [
    'a message to a person',
    'ok',
    ({ slack, person }) => slack.call('chat.postMessage', { channel: person('ada'), text: 'Hello' }),
  ],
  [
    'a message to nowhere',
    'channel_not_found',
    ({ slack }) => slack.call('chat.postMessage', { channel: 'C0NOWHERE', text: 'x' }),
  ],
  [
    'a message without content',
    'no_text',
    ({ slack, person }) => slack.call('chat.postMessage', { channel: person('ada'), text: '' }),
  ],
  [
    'blocks that are none',
    'invalid_blocks',
    ({ slack, person }) => slack.call('chat.postMessage', { channel: person('ada'), text: 'x', blocks: ['section'] }),
  ],
  [
    'blocks that are no JSON',
    'invalid_blocks_format',
    ({ slack, person }) => slack.call('chat.postMessage', { channel: person('ada'), text: 'x', blocks: '[{' }),
    { emulate: 'it says invalid_blocks' },
  ],
  [
    'metadata that are no JSON',
    'invalid_metadata_format',
    ({ slack, person }) => slack.call('chat.postMessage', { channel: person('ada'), text: 'x', metadata: '{' }),
  ],
  [
    'an update of nothing',
    'message_not_found',
    async ({ slack, person }) => {
      const { channel } = await slack.must('conversations.open', { users: person('ada') });
      return slack.call('chat.update', { channel: channel.id, ts: '1.000001', text: 'x' });
    },
  ],
  [
    "an update of another's message",
    'cant_update_message',
    async ({ slack, other, another, person }) => {
      if (another) {
        await another('Mine');
        const { channel } = await slack.must('conversations.open', { users: person('ada') });
        const { messages } = await slack.must('conversations.history', { channel: channel.id });
        return slack.call('chat.update', {
          channel: channel.id,
          ts: messages.find(({ text }) => text === 'Mine').ts,
          text: 'Yours',
        });
      }
      const { channel } = await slack.must('conversations.open', { users: 'U0OTHERBOT' });
      const { ts } = await other.must('chat.postMessage', { channel: channel.id, text: 'Mine' });
      return slack.call('chat.update', { channel: channel.id, ts, text: 'Yours' });
    },
  ],
  [
    'a message deleted twice',
    'message_not_found',
    async ({ slack, person }) => {
      const { channel, ts } = await slack.must('chat.postMessage', { channel: person('grace'), text: 'Short' });
      await slack.must('chat.delete', { channel, ts });
      return slack.call('chat.delete', { channel, ts });
    },
  ],
  [
    'metadata in the history',
    'ok',
    async ({ slack, person }) => {
      const metadata = { event_type: 'delivery', event_payload: { nonce: 'abc' } };
      const { channel, ts } = await slack.must('chat.postMessage', {
        channel: person('tu'),
        text: 'With metadata',
        metadata,
      });
      const { messages } = await slack.must('conversations.history', {
        channel,
        oldest: ts,
        latest: ts,
        inclusive: 'true',
        include_all_metadata: 'true',
        limit: '200',
      });
      return isDeepStrictEqual(messages[0]?.metadata, metadata)
        ? { ok: true }
        : { ok: false, error: JSON.stringify(messages) };
    },
  ],
  [
    'metadata survive an update',
    'ok',
    async ({ slack, person }) => {
      const metadata = { event_type: 'delivery', event_payload: { nonce: 'def' } };
      const { channel, ts } = await slack.must('chat.postMessage', {
        channel: person('tu'),
        text: 'With metadata',
        metadata,
      });
      await slack.must('chat.update', { channel, ts, text: 'Changed', blocks: [] });
      const { messages } = await slack.must('conversations.history', {
        channel,
        include_all_metadata: 'true',
        limit: '200',
      });
      const found = messages.find((message) => message.ts === ts);
      return isDeepStrictEqual([found?.text, found?.metadata], ['Changed', metadata])
        ? { ok: true }
        : { ok: false, error: JSON.stringify(found) };
    },
  ],
  [
    'an update with text alone takes the blocks away',
    'ok',
    async ({ slack, person }) => {
      const { channel, ts } = await slack.must('chat.postMessage', {
        channel: person('tu'),
        text: 'x',
        blocks: [{ type: 'divider' }],
      });
      const { message } = await slack.must('chat.update', { channel, ts, text: 'y' });
      return (message.blocks ?? []).length === 0 ? { ok: true } : { ok: false, error: JSON.stringify(message) };
    },
  ],
  [
    'the history page by page, newest first',
    'ok',
    async ({ slack, person }) => {
      const { channel } = await slack.must('conversations.open', { users: person('alan') });
      for (const text of ['one', 'two', 'three']) await slack.must('chat.postMessage', { channel: channel.id, text });
      const found = [];
      let page;
      // What others have said there before is on later pages.
      for (let pages = 0; pages < 50 && page?.has_more !== false; pages += 1) {
        const cursor = page?.response_metadata?.next_cursor;
        page = await slack.must('conversations.history', { channel: channel.id, limit: '2', cursor });
        if (pages === 0 && page.messages.length !== 2) return { ok: false, error: `${page.messages.length} of 2` };
        found.push(...page.messages.map(({ ts, text }) => [ts, text]));
      }
      const newest = found.slice(0, 3).map(([, text]) => text);
      const eachOnce = new Set(found.map(([ts]) => ts)).size === found.length && page.has_more === false;
      return eachOnce && isDeepStrictEqual(newest, ['three', 'two', 'one'])
        ? { ok: true }
        : { ok: false, error: JSON.stringify(found) };
    },
  ],
  [
    'the same people twice',
    'ok',
    async ({ slack, person }) => {
      const first = await slack.must('conversations.open', { users: `${person('ada')},${person('grace')}` });
      const second = await slack.must('conversations.open', { users: `${person('grace')},${person('ada')}` });
      return first.channel.id === second.channel.id && second.already_open
        ? { ok: true }
        : { ok: false, error: JSON.stringify([first, second]) };
    },
  ],
  [
    'a conversation with nobody',
    'users_list_not_supplied',
    ({ slack }) => slack.call('conversations.open', { users: '' }),
  ],
  [
    'a conversation with an unknown person',
    'user_not_found',
    ({ slack }) => slack.call('conversations.open', { users: 'U0NOBODY0' }),
  ],
  [
    'a conversation with nine',
    'too_many_users',
    ({ slack, people }) => slack.call('conversations.open', { users: people(9).join(',') }),
  ],
  [
    'a conversation with eight',
    'ok',
    ({ slack, people }) => slack.call('conversations.open', { users: people(8).join(',') }),
  ],
  ['a person nobody knows', 'user_not_found', ({ slack }) => slack.call('users.info', { user: 'U0NOBODY0' })],
  [
    'people page by page',
    'ok',
    async ({ slack }) => {
      const seen = [];
      let cursor;
      do {
        const page = await slack.must('users.list', { limit: '3', cursor });
        if (page.members.length > 3) return { ok: false, error: `${page.members.length} on a page of 3` };
        seen.push(...page.members.map(({ id }) => id));
        cursor = page.response_metadata?.next_cursor;
      } while (cursor);
      const all = (await slack.must('users.list', { limit: '200' })).members;
      return new Set(seen).size === all.length ? { ok: true } : { ok: false, error: `${seen.length} of ${all.length}` };
    },
  ],
  [
    'a message for later',
    'ok',
    ({ slack, room }) => slack.call('chat.scheduleMessage', { channel: room, text: 'x', post_at: now() + 600 }),
  ],
  [
    'a message for the past',
    'time_in_past',
    ({ slack, room }) => slack.call('chat.scheduleMessage', { channel: room, text: 'x', post_at: now() - 60 }),
  ],
  [
    'a message for far away',
    'time_too_far',
    ({ slack, room }) => slack.call('chat.scheduleMessage', { channel: room, text: 'x', post_at: now() + 121 * 86400 }),
  ],
  [
    'a scheduled message taken back twice',
    'invalid_scheduled_message_id',
    async ({ slack, room }) => {
      const { scheduled_message_id } = await slack.must('chat.scheduleMessage', {
        channel: room,
        text: 'x',
        post_at: now() + 900,
      });
      await slack.must('chat.deleteScheduledMessage', { channel: room, scheduled_message_id });
      return slack.call('chat.deleteScheduledMessage', { channel: room, scheduled_message_id });
    },
  ],
];

export async function refusals(stage) {
  stage.room = (await stage.slack.must('conversations.open', { users: stage.person('katherine') })).channel.id;
  const all = (await stage.slack.must('users.list', { limit: '200' })).members;
  const humans = all
    .filter((one) => !one.is_bot && !one.deleted && one.name !== 'slackbot' && one.name !== 'admin')
    .map(({ id }) => id);
  stage.people = (count) => {
    if (humans.length < count) throw new Error(`there are only ${humans.length} people`);
    return humans.slice(0, count);
  };
  for (const [name, wanted, provoke, known = {}] of SCENARIOS) {
    const title = `${stage.name}: ${name} (${wanted})`;
    let answer;
    try {
      answer = await provoke(stage);
    } catch (error) {
      report('FAIL', title, String(error));
      continue;
    }
    if (!answer) {
      report('SKIP', title, 'this stage has no such token');
      continue;
    }
    const found = answer.ok ? 'ok' : answer.error;
    const reason = known[stage.name];
    if (reason && found === wanted) report('FAIL', title, `it does so now: take out the reason "${reason}"`);
    else if (reason) report('SKIP', title, `${reason} (${found})`);
    else check(title, found === wanted, `it says ${JSON.stringify(answer).slice(0, 400)}`);
  }
  await stage.end();
}
