// The Web API by itself, with its limits and troubles, as Slack's client calls it.

import {
  ada,
  check,
  clientOptions,
  does,
  facts,
  grace,
  katherine,
  paragraph,
  pause,
  people,
  rapid,
  refusal,
  roomOf,
  same,
  section,
  sees,
  waitForMessage,
  WebClient,
  WebClientEvent,
} from './stage.mjs';

await section('messages', async () => {
  const channel = await roomOf(ada, grace);
  const posted = await rapid.chat.postMessage({
    channel,
    text: 'First',
    blocks: [paragraph('First')],
    unfurl_links: false,
    metadata: { event_type: 'greeting', event_payload: { count: 1 } },
  });
  same(
    'chat.postMessage answers where and what',
    [posted.channel, posted.message?.text, posted.message?.ts === posted.ts, posted.message?.type],
    [channel, 'First', true, 'message'],
  );
  check(
    'the answered message names app and bot',
    posted.message?.bot_id && posted.message?.app_id === facts.app_id && posted.message?.user,
    posted.message,
  );
  check('Slack gives blocks ids', posted.message?.blocks?.[0]?.block_id, posted.message);
  const updated = await rapid.chat.update({ channel, ts: posted.ts, text: 'Second', blocks: [paragraph('Second')] });
  same(
    'chat.update answers where and what',
    [updated.channel, updated.ts, updated.text],
    [channel, posted.ts, 'Second'],
  );
  const history = await rapid.conversations.history({ channel, include_all_metadata: true });
  const [message] = history.messages;
  same(
    'history shows the message as it is now',
    [message.text, message.ts, Boolean(message.edited)],
    ['Second', posted.ts, true],
  );
  same('metadata comes back and survives an update', message.metadata, {
    event_type: 'greeting',
    event_payload: { count: 1 },
  });
  const without = await rapid.conversations.history({ channel });
  same('metadata comes only when asked for', without.messages[0].metadata?.event_payload, undefined);
  const link = await rapid.chat.getPermalink({ channel, message_ts: posted.ts });
  check('chat.getPermalink answers an address', /^https:/.test(link.permalink), link);
  const ephemeral = await rapid.chat.postEphemeral({ channel, user: grace, text: 'Only you' });
  check('chat.postEphemeral answers a message_ts', ephemeral.message_ts, ephemeral);
  const seenBy = async (person) => (await sees(person)).ephemerals.some((one) => one.text === 'Only you');
  same('only one person sees it', [await seenBy('grace'), await seenBy('ada')], [true, false]);
  same('it is not in the history', (await rapid.conversations.history({ channel })).messages.length, 1);
  await rapid.reactions.add({ channel, timestamp: posted.ts, name: 'wave' });
  same(
    'a second reaction is refused',
    await refusal(rapid.reactions.add({ channel, timestamp: posted.ts, name: 'wave' })),
    'already_reacted',
  );
  const deleted = await rapid.chat.delete({ channel, ts: posted.ts });
  same('chat.delete answers what it deleted', [deleted.channel, deleted.ts], [channel, posted.ts]);
  same(
    'a message can be deleted once',
    await refusal(rapid.chat.delete({ channel, ts: posted.ts })),
    'message_not_found',
  );
  same(
    'a message that is gone cannot be updated',
    await refusal(rapid.chat.update({ channel, ts: posted.ts, text: 'x' })),
    'message_not_found',
  );
  same(
    'an unknown channel is refused',
    await refusal(rapid.chat.postMessage({ channel: 'C0NOBODY', text: 'x' })),
    'channel_not_found',
  );
  same('an empty message is refused', await refusal(rapid.chat.postMessage({ channel, text: '' })), 'no_text');
  same(
    'bad blocks are refused',
    await refusal(rapid.chat.postMessage({ channel, text: 'x', blocks: [{ type: 'section' }] })),
    'invalid_blocks',
  );
});

await section('threads', async () => {
  const channel = await roomOf(ada, grace, katherine);
  const parent = await rapid.chat.postMessage({ channel, text: 'Parent' });
  const reply = await rapid.chat.postMessage({ channel, text: 'Reply', thread_ts: parent.ts });
  same('a reply names its thread', reply.message?.thread_ts, parent.ts);
  const replies = await rapid.conversations.replies({ channel, ts: parent.ts });
  same(
    'conversations.replies gives parent and replies, oldest first',
    replies.messages.map((message) => message.text),
    ['Parent', 'Reply'],
  );
  same(
    'conversations.history leaves replies out',
    (await rapid.conversations.history({ channel })).messages.map((message) => message.text),
    ['Parent'],
  );
  const [found] = (await rapid.conversations.history({ channel })).messages;
  check('the parent counts its replies', found.reply_count === 1 && found.thread_ts === parent.ts, found);
  same(
    'a thread that is not there is refused',
    await refusal(rapid.conversations.replies({ channel, ts: '1.000001' })),
    'thread_not_found',
  );
});

await section('scheduled messages', async () => {
  const channel = await roomOf(katherine);
  const now = Math.floor(Date.now() / 1000);
  const soon = await rapid.chat.scheduleMessage({ channel, text: 'Later', post_at: now + 2 });
  check('chat.scheduleMessage answers an id', soon.scheduled_message_id && Number(soon.post_at) === now + 2, soon);
  const far = await rapid.chat.scheduleMessage({ channel, text: 'Much later', post_at: now + 3600 });
  const list = await rapid.chat.scheduledMessages.list({ channel });
  check(
    'chat.scheduledMessages.list shows it',
    list.scheduled_messages.some((one) => one.id === far.scheduled_message_id && one.channel_id === channel),
    list,
  );
  await rapid.chat.deleteScheduledMessage({ channel, scheduled_message_id: far.scheduled_message_id });
  same(
    'a scheduled message can be taken back once',
    await refusal(rapid.chat.deleteScheduledMessage({ channel, scheduled_message_id: far.scheduled_message_id })),
    'invalid_scheduled_message_id',
  );
  same(
    'the past is refused',
    await refusal(rapid.chat.scheduleMessage({ channel, text: 'x', post_at: now - 60 })),
    'time_in_past',
  );
  same(
    'more than 120 days ahead is refused',
    await refusal(rapid.chat.scheduleMessage({ channel, text: 'x', post_at: now + 121 * 86400 })),
    'time_too_far',
  );
  check('it comes at its time', await waitForMessage('katherine', 'dms', 'Later'), (await sees('katherine')).dms);
});

await section('conversations', async () => {
  const channel = await roomOf(ada, katherine);
  same('the same people share one conversation', await roomOf(katherine, ada), channel);
  const whole = await rapid.conversations.open({ users: `${ada},${katherine}`, return_im: true });
  check(
    'return_im gives the conversation object',
    whole.channel.is_mpim === true && whole.already_open === true,
    whole,
  );
  check(
    'a direct message is an im',
    (await rapid.conversations.open({ users: ada, return_im: true })).channel.is_im === true,
  );
  const info = await rapid.conversations.info({ channel });
  same('conversations.info tells what it is', [info.channel.id, info.channel.is_mpim], [channel, true]);
  const members = await rapid.conversations.members({ channel });
  check(
    'conversations.members lists people and the app',
    [ada, katherine].every((id) => members.members.includes(id)) && members.members.length === 3,
    members,
  );
  same('nobody is refused', await refusal(rapid.conversations.open({ users: '' })), 'users_list_not_supplied');
  same(
    'an unknown person is refused',
    await refusal(rapid.conversations.open({ users: 'U0NOBODY' })),
    'user_not_found',
  );
  for (const text of ['one', 'two', 'three']) await rapid.chat.postMessage({ channel, text });
  const pages = [];
  for await (const page of rapid.paginate('conversations.history', { channel, limit: 2 }))
    pages.push(page.messages.map((message) => message.text));
  same('conversations.history pages, newest first', pages, [['three', 'two'], ['one']]);
  const all = (await rapid.conversations.history({ channel })).messages;
  const middle = all[1].ts;
  const from = await rapid.conversations.history({ channel, oldest: middle, inclusive: true });
  same(
    'oldest bounds the history',
    from.messages.map((message) => message.text),
    ['three', 'two'],
  );
  const until = await rapid.conversations.history({ channel, latest: middle });
  same(
    'latest bounds the history',
    until.messages.map((message) => message.text),
    ['one'],
  );
  const listed = [];
  for await (const page of rapid.paginate('conversations.list', { types: 'im,mpim', limit: 2 }))
    listed.push(...page.channels);
  check('conversations.list pages', listed.some((one) => one.id === channel) && listed.length > 2, listed.length);
  same('conversations.close closes', (await rapid.conversations.close({ channel })).ok, true);
});

await section('people', async () => {
  const found = (await rapid.users.info({ user: ada })).user;
  same(
    'users.info tells name and zone',
    [found.name, found.real_name, found.tz, found.deleted, found.is_bot],
    ['ada', 'Ada Lovelace', 'Europe/London', false, false],
  );
  check(
    'a person has a profile, a team and the time of a change',
    found.profile?.real_name && found.team_id === facts.team_id && Number.isInteger(found.updated),
    found,
  );
  check(
    'users.info gives the locale when asked',
    (await rapid.users.info({ user: ada, include_locale: true })).user.locale,
  );
  same('an unknown person is refused', await refusal(rapid.users.info({ user: 'U0NOBODY' })), 'user_not_found');
  const pages = [];
  for await (const page of rapid.paginate('users.list', { limit: 2 })) pages.push(page.members.length);
  check('users.list pages', pages.length > 1 && pages.every((count) => count <= 2), pages);
  same(
    'users.list gives everybody once',
    pages.reduce((sum, count) => sum + count, 0),
    people.length,
  );
  const byMail = await rapid.users.lookupByEmail({ email: found.profile.email ?? 'ada@example.com' });
  same('users.lookupByEmail finds', byMail.user.id, ada);
  same(
    'an unknown address is refused',
    await refusal(rapid.users.lookupByEmail({ email: 'nobody@nowhere.example' })),
    'users_not_found',
  );
});

await section('files', async () => {
  const channel = await roomOf(grace, katherine);
  const one = await rapid.filesUploadV2({
    channel_id: channel,
    content: 'a,b\n1,2\n',
    filename: 'plan.csv',
    title: 'The plan',
    initial_comment: 'Look',
  });
  check('a file is uploaded and shared', one.ok && one.files?.[0]?.files?.[0]?.title === 'The plan', one);
  const several = await rapid.filesUploadV2({
    channel_id: channel,
    file_uploads: [
      { file: Buffer.from([0, 255, 13, 10, 45, 45]), filename: 'bytes.bin', title: 'Bytes' },
      { content: 'two', filename: 'two.txt', title: 'Two' },
    ],
  });
  same(
    'several files are shared at once',
    several.files?.[0]?.files?.map((file) => [file.title, file.size]),
    [
      ['Bytes', 6],
      ['Two', 3],
    ],
  );
  const { messages } = await rapid.conversations.history({ channel });
  same(
    'the files are in messages',
    messages.map((message) => message.files?.map((file) => file.title)),
    [['Bytes', 'Two'], ['The plan']],
  );
  same('the comment is there', messages[1].text, 'Look');
});

await section('rate limits', async () => {
  const channel = await roomOf(ada, grace, katherine);
  const limited = [];
  const client = new WebClient(facts.bot_token, {
    ...clientOptions,
    retryConfig: { retries: 2, minTimeout: 1, maxTimeout: 1 },
  });
  client.on(WebClientEvent.RATE_LIMITED, (seconds) => limited.push(seconds));
  await does('fault', { method: 'users.info', when: 'before', how: { rate_limited: { retry_after: 2 } }, times: 1 });
  const start = performance.now();
  const answer = await client.users.info({ user: ada });
  const took = performance.now() - start;
  check('the client reads Retry-After', limited.length === 1 && limited[0] === 2, limited);
  check('the client waits and succeeds', answer.ok && took >= 1950, took);
  const strict = new WebClient(facts.bot_token, { ...clientOptions, rejectRateLimitedCalls: true });
  await does('fault', { method: 'users.info', when: 'before', how: { rate_limited: { retry_after: 1 } }, times: 1 });
  const rejected = await strict.users.info({ user: ada }).then(
    () => null,
    (error) => error,
  );
  same('the client can reject instead', [rejected?.code, rejected?.retryAfter], ['slack_webapi_rate_limited_error', 1]);
  await pause(1000);
  limited.length = 0;
  for (let count = 0; count < 7; count += 1) await client.chat.postMessage({ channel, text: `Burst ${count}` });
  check('more than a burst of messages to one channel is limited', limited.length > 0, limited);
  const rules = (await does('violations')).map((violation) => violation.rule);
  check('nothing was called inside a Retry-After', !rules.includes('called_inside_retry_after'), rules);
});

await section('troubles', async () => {
  const order = (how, when = 'before') => does('fault', { method: 'users.info', when, how, times: 1 });
  const calls = async () => (await does('calls')).filter((call) => call.method === 'users.info').length;
  await order('drop_connection');
  const before = await calls();
  same(
    'the client repeats after a broken connection',
    [(await rapid.users.info({ user: ada })).user.id, (await calls()) - before],
    [ada, 2],
  );
  await order({ error: 'fatal_error' });
  same('an ordered error reaches the app', await refusal(rapid.users.info({ user: ada })), 'fatal_error');
  await order({ status: 503 });
  const once = new WebClient(facts.bot_token, { ...clientOptions, retryConfig: { retries: 0 } });
  const failed = await once.users.info({ user: ada }).then(
    () => null,
    (error) => error,
  );
  same('an HTTP error reaches the app', [failed?.code, failed?.statusCode], ['slack_webapi_http_error', 503]);
});
