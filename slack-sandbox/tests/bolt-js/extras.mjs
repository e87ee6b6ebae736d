// Shortcuts, options from outside, files and channels. Not every sandbox has them: looked for first.

import { app, heard, openBehindButton } from './app.mjs';
import {
  ada,
  check,
  control,
  does,
  facts,
  grace,
  input,
  katherine,
  modal,
  modalOf,
  plain,
  rapid,
  refusal,
  report,
  same,
  section,
  sees,
  wait,
  waitForMessage,
  waitForModal,
} from './stage.mjs';

/** Facts that need an address of /control; skipped where there is none. */
async function sectionWith(name, path, facts) {
  if ((await control(path, {})).status === 404) report('SKIP', name, `the sandbox has no /control/${path}`);
  else await section(name, facts);
}

await section('coming back', async () => {
  await app.start();
  check('Bolt comes back', await wait(async () => (await control('state')).connections >= 1));
});

await sectionWith('shortcuts', 'uses_shortcut', async () => {
  await does('uses_shortcut', { person: 'ada', label: 'note_it' });
  const global = heard.shortcuts.at(-1);
  same(
    'a global shortcut names itself, person and app',
    [global?.type, global?.callback_id, global?.user?.id, global?.team?.id],
    ['shortcut', 'note_it', ada, facts.team_id],
  );
  check(
    'it has a trigger and a time, and no response_url',
    global?.trigger_id && global?.action_ts && global?.response_url === undefined,
    global,
  );
  check('its trigger opens a modal', await waitForModal('ada', 'By shortcut'), await modalOf('ada'));
  await does('closes', { person: 'ada' });
  const { channel, ts } = await app.client.chat.postMessage({ channel: ada, text: 'Carry me' });
  await does('uses_shortcut', { person: 'ada', label: 'carry_it', channel, ts });
  const onMessage = heard.shortcuts.at(-1);
  same(
    'a message shortcut names message and channel',
    [onMessage?.type, onMessage?.callback_id, onMessage?.message?.text, onMessage?.message_ts, onMessage?.channel?.id],
    ['message_action', 'carry_it', 'Carry me', ts, channel],
  );
  check(
    'it has a response_url that works',
    onMessage?.response_url && (await waitForMessage('ada', 'ephemerals', 'Noted')),
    (await sees('ada')).ephemerals,
  );
  check('its trigger opens a modal, too', await waitForModal('ada', 'By shortcut'), await modalOf('ada'));
  await does('closes', { person: 'ada' });
});

await sectionWith('external selects', 'suggestions', async () => {
  let values;
  app.view('external', async ({ ack, view }) => {
    values = view.state.values;
    await ack();
  });
  const inputs = [
    input('Outside', 'outside', { type: 'external_select', min_query_length: 1 }),
    input('Several', 'several', { type: 'multi_external_select', min_query_length: 0 }),
  ];
  await openBehindButton(
    'katherine',
    katherine,
    'External select',
    modal('External', inputs, { callback_id: 'external', submit: plain('Send') }),
  );
  same(
    'the app is asked for options',
    await does('suggestions', { person: 'katherine', label: 'Outside', text: 'Tea' }),
    { options: ['Tea', 'Teacake'] },
  );
  const asked = heard.options.at(-1);
  same(
    'block_suggestion carries block, action and query',
    [asked?.type, asked?.block_id, asked?.action_id, asked?.value, asked?.user?.id, asked?.view?.callback_id],
    ['block_suggestion', 'outside', 'value', 'Tea', katherine, 'external'],
  );
  await does('chooses', { person: 'katherine', label: 'Outside', option: 'Teacake' });
  await does('suggestions', { person: 'katherine', label: 'Several', text: '' });
  await does('chooses', { person: 'katherine', label: 'Several', option: 'Tea' });
  await does('chooses', { person: 'katherine', label: 'Several', option: 'Coffee' });
  same('the form is submitted', await does('submits', { person: 'katherine' }), { outcome: 'closed' });
  same(
    'external_select',
    [values?.outside?.value?.type, values?.outside?.value?.selected_option?.value],
    ['external_select', 'teacake'],
  );
  same(
    'multi_external_select',
    [values?.several?.value?.type, values?.several?.value?.selected_options?.map((one) => one.value)],
    ['multi_external_select', ['tea', 'coffee']],
  );
});

await sectionWith('file inputs', 'attaches', async () => {
  let files;
  app.view('attached', async ({ ack, view }) => {
    files = view.state.values.plan.value.files;
    await ack();
  });
  const plan = input('Plan', 'plan', { type: 'file_input', filetypes: ['csv'], max_files: 2 });
  await openBehindButton(
    'grace',
    grace,
    'File input',
    modal('Files', [plan], { callback_id: 'attached', submit: plain('Send') }),
  );
  same(
    'a file of another type is refused',
    (await control('attaches', { person: 'grace', label: 'Plan', filename: 'plan.pdf', text: 'x' })).status,
    409,
  );
  await does('attaches', { person: 'grace', label: 'Plan', filename: 'plan.csv', text: 'a,b' });
  same('the form is submitted', await does('submits', { person: 'grace' }), { outcome: 'closed' });
  const [file] = files ?? [];
  same(
    'the view carries the file',
    [files?.length, file?.name, file?.filetype, Boolean(file?.id && file?.url_private_download)],
    [1, 'plan.csv', 'csv', true],
  );
  const download = (token) =>
    fetch(file.url_private_download, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
      redirect: 'manual',
    });
  const content = await download(facts.bot_token);
  same('it can be downloaded with the token', [content.status, await content.text()], [200, 'a,b']);
  check('and not without', (await (await download()).text()) !== 'a,b');
});

await sectionWith('channels', 'types_in', async () => {
  const { channel } = await does('channels', { name: 'town', people: ['ada', 'grace'] });
  const inTown = () => heard.events.filter((one) => one.type === 'message' && one.channel === channel);
  await does('says_in', { person: 'ada', channel, text: 'Nobody hears' });
  same('the app is not there yet', await refusal(rapid.chat.postMessage({ channel, text: 'x' })), 'not_in_channel');
  const joined = await rapid.conversations.join({ channel });
  same('conversations.join answers the channel', [joined.channel?.id, joined.channel?.name], [channel, 'town']);
  const { ts } = await does('says_in', { person: 'ada', channel, text: 'Who is here?' });
  await wait(() => inTown().length > 0);
  same(
    'only messages where the app is are heard',
    inTown().map((one) => [one.ts, one.channel_type]),
    [[ts, 'channel']],
  );
  await does('says_in', { person: 'grace', channel, text: 'I am', thread_ts: ts });
  same('a reply says in which thread', (await wait(() => inTown()[1]))?.thread_ts, ts);
  const command = (await does('types_in', { person: 'ada', channel, text: '/text here' })).seen;
  same(
    'a command in a channel is answered there',
    command.map((message) => [message.channel, message.ephemeral]),
    [[channel, true]],
  );
  same(
    'the command says where',
    [heard.commands.at(-1).channel_id, heard.commands.at(-1).channel_name],
    [channel, 'town'],
  );
  const me = await rapid.auth.test();
  await does('says_in', { person: 'grace', channel, text: `@${me.user} come` });
  const mention = await wait(() => heard.events.find((one) => one.type === 'app_mention'));
  same(
    'a mention is an event of its own',
    [mention?.channel, mention?.user, mention?.text],
    [channel, grace, `<@${me.user_id}> come`],
  );
});
