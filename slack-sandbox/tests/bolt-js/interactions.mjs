// Connecting, commands, buttons, modals, inputs, Home and events: what people do and Bolt hears.

import { app, form, heard, openBehindButton, openForm, outcomes, receiver } from './app.mjs';
import {
  actions,
  ada,
  button,
  changed,
  check,
  clientOptions,
  control,
  does,
  facts,
  grace,
  input,
  modal,
  modalOf,
  mrkdwn,
  option,
  paragraph,
  plain,
  refusal,
  same,
  section,
  sees,
  wait,
  waitForMessage,
  waitForModal,
  WebClient,
} from './stage.mjs';

await section('connecting', async () => {
  const hellos = [];
  receiver.client.on('ws_message', (data) => {
    const frame = JSON.parse(typeof data === 'string' ? data : new TextDecoder().decode(data));
    if (frame.type === 'hello') hellos.push(frame);
  });
  await app.start();
  check('Bolt connects in Socket Mode', await wait(async () => (await control('state')).connections === 1));
  const hello = hellos[0] ?? {};
  check('hello says how many connections there are', hello.num_connections === 1, hello);
  check('hello names the app', hello.connection_info?.app_id === facts.app_id, hello);
  check('hello says how long it will last', hello.debug_info?.approximate_connection_time > 0, hello);
});

await section('auth', async () => {
  const who = await app.client.auth.test();
  check('auth.test names workspace, bot and user', who.team_id === facts.team_id && who.bot_id && who.user_id, who);
  check('granted scopes are in a header', who.response_metadata?.scopes?.includes('chat:write'), who.response_metadata);
  const stranger = new WebClient('xoxb-nobody', clientOptions);
  same('an unknown token is refused', await refusal(stranger.auth.test()), 'invalid_auth');
  same('no token is refused', await refusal(new WebClient(undefined, clientOptions).auth.test()), 'not_authed');
  const wrongKind = new WebClient(facts.app_token, clientOptions);
  same(
    'a token of the wrong kind is refused',
    await refusal(wrongKind.users.list({ limit: 1 })),
    'not_allowed_token_type',
  );
  same('an unknown method is refused', await refusal(app.client.apiCall('chat.shout', {})), 'unknown_method');
});

await section('commands', async () => {
  const text = await does('types', { person: 'ada', text: '/text & greet @grace <now>' });
  same(
    'ack with a string answers a command',
    text.seen.map((message) => [message.shown, message.ephemeral]),
    [['Hello @ada', true]],
  );
  const command = heard.commands.at(-1);
  same("a command's text is encoded", command.text, `&amp; greet <@${grace}|grace> &lt;now&gt;`);
  const wanted = [
    'token',
    'team_id',
    'team_domain',
    'channel_id',
    'channel_name',
    'user_id',
    'user_name',
    'command',
    'text',
    'api_app_id',
    'is_enterprise_install',
    'response_url',
    'trigger_id',
  ];
  same(
    'a command has every documented field',
    wanted.filter((name) => command[name] === undefined),
    [],
  );
  const blocks = await does('types', { person: 'ada', text: '/blocks' });
  same(
    'ack with blocks shows blocks',
    blocks.seen.map((message) => [message.shown, message.text, message.ephemeral]),
    [['With blocks', 'With blocks', true]],
  );
  const aloud = await does('types', { person: 'ada', text: '/aloud' });
  same(
    'ack in_channel is no ephemeral message',
    aloud.seen.map((message) => [message.shown, message.ephemeral]),
    [['For everybody here', false]],
  );
  await does('types', { person: 'ada', text: '/respond' });
  const offer = await wait(async () => (await sees('ada')).ephemerals.find((message) => message.text === 'Choose'));
  check('respond() makes an ephemeral message', offer?.ephemeral, await sees('ada'));
  await wait(() => outcomes.responded);
  same('a response_url answers 200', outcomes.responded?.status, 200);
  await does('types', { person: 'katherine', text: '/often' });
  await wait(() => outcomes.oftenDone);
  same('a response_url works five times', outcomes.often, [200, 200, 200, 200, 200, 404]);
});

await section('buttons', async () => {
  same('a button can be clicked', await does('clicks', { person: 'ada', label: 'Open' }), {});
  const { body, action } = heard.actions.at(-1);
  const offer = (await sees('ada')).ephemerals.find((message) => message.text === 'Choose');
  same(
    'the action is the button',
    [action.type, action.action_id, action.value, action.style, action.text.text],
    ['button', 'open', 'form', 'primary', 'Open'],
  );
  check('the action has a block_id and a time', action.block_id && action.action_ts, action);
  same(
    'the interaction names person, team and app',
    [body.type, body.user.id, body.user.username, body.team.id, body.api_app_id],
    ['block_actions', ada, 'ada', facts.team_id, facts.app_id],
  );
  check('the interaction has a trigger and a response_url', body.trigger_id && body.response_url, body);
  same(
    'the container is the message',
    [body.container.type, body.container.message_ts, body.container.channel_id, body.container.is_ephemeral],
    ['message', offer?.ts, offer?.channel, true],
  );
  check(
    'the interaction says that it is no org-wide install',
    body.is_enterprise_install === false && body.enterprise === null,
    body,
  );
  check(
    'the interaction names the channel',
    body.channel?.id === offer?.channel && typeof body.channel?.name === 'string',
    body.channel,
  );
  await wait(() => outcomes.openedTwice);
  same('a trigger works once', outcomes.openedTwice, 'exchanged_trigger_id');
  same(
    'a made-up trigger is refused',
    await refusal(app.client.views.open({ trigger_id: '1.2.abc', view: form() })),
    'invalid_trigger_id',
  );
  await does('closes', { person: 'ada' });

  await does('clicks', { person: 'ada', label: 'Replace' });
  check(
    'replace_original replaces',
    await wait(async () => (await sees('ada')).ephemerals.some((message) => message.text === 'Replaced')),
    (await sees('ada')).ephemerals,
  );
  check(
    'the replaced message is gone',
    !(await sees('ada')).ephemerals.some((message) => message.text === 'Choose'),
    (await sees('ada')).ephemerals,
  );
  await does('clicks', { person: 'ada', label: 'Delete' });
  check(
    'delete_original deletes',
    await wait(async () => !(await sees('ada')).ephemerals.some((message) => message.text === 'Replaced')),
    (await sees('ada')).ephemerals,
  );
});

await section('modals', async () => {
  const view = await openForm('grace');
  const fields = [
    'id',
    'team_id',
    'type',
    'blocks',
    'private_metadata',
    'callback_id',
    'state',
    'hash',
    'title',
    'close',
    'submit',
    'clear_on_close',
    'notify_on_close',
    'root_view_id',
    'previous_view_id',
    'app_id',
    'external_id',
    'bot_id',
  ];
  same(
    'views.open answers the whole view',
    fields.filter((name) => !(name in view)),
    [],
  );
  same(
    'the view is what was sent',
    [view.callback_id, view.private_metadata, view.notify_on_close, view.root_view_id, view.previous_view_id],
    ['form', 'note', true, view.id, null],
  );
  const longer = { ...form(), title: plain('Longer'), blocks: [paragraph('More'), ...form().blocks] };
  const updated = await app.client.views.update({ view_id: view.id, hash: view.hash, view: longer });
  check('views.update changes the hash', updated.view.hash !== view.hash, updated.view);
  check('the person sees the update', (await modalOf('grace')).title === 'Longer', await modalOf('grace'));
  same(
    'views.update with an old hash is refused',
    await refusal(app.client.views.update({ view_id: view.id, hash: view.hash, view: longer })),
    'hash_conflict',
  );
  same(
    'views.update of an unknown view is refused',
    await refusal(app.client.views.update({ view_id: 'V0NOBODY', view: longer })),
    'not_found',
  );
  await does('fills', { person: 'grace', label: 'Why', text: 'kept' });
  await app.client.views.update({ view_id: view.id, view: { ...longer, title: plain('Kept') } });
  same('what was filled in survives an update', (await modalOf('grace')).values.why.value.value, 'kept');
  same(
    'an invalid view is refused',
    await refusal(app.client.views.update({ view_id: view.id, view: { ...longer, blocks: [{ type: 'section' }] } })),
    'invalid_arguments',
  );
  await does('closes', { person: 'grace' });
  check(
    'view_closed comes with notify_on_close',
    await wait(() => heard.closed.length > 0 && heard.closed.at(-1).view.id === view.id),
    heard.closed,
  );
  const closed = heard.closed.at(-1)?.body;
  same(
    'view_closed says who closed and how',
    [closed?.type, closed?.user?.id, closed?.is_cleared],
    ['view_closed', grace, false],
  );
  same(
    'views.update of a closed view is refused',
    await refusal(app.client.views.update({ view_id: view.id, view: longer })),
    'not_found',
  );
});

await section('submissions', async () => {
  const view = await openForm('ada');
  const empty = await control('submits', { person: 'ada' });
  check('an empty required input is not submitted', empty.status === 409 && /required/.test(empty.error), empty);
  const fillAndSubmit = async (text) => {
    await does('fills', { person: 'ada', label: 'Why', text });
    return does('submits', { person: 'ada' });
  };
  same('errors stay in the modal', await fillAndSubmit('errors'), { outcome: 'errors', errors: { Why: 'Say more' } });
  const { body, view: sent } = heard.submissions.at(-1);
  same(
    'view_submission names person, team and app',
    [body.type, body.user.id, body.team.id, body.api_app_id, body.is_enterprise_install],
    ['view_submission', ada, facts.team_id, facts.app_id, false],
  );
  same(
    'view_submission carries the view and its values',
    [sent.id, sent.callback_id, sent.private_metadata, sent.state.values],
    [view.id, 'form', 'note', { why: { value: { type: 'plain_text_input', value: 'errors' } } }],
  );
  check('view_submission has a trigger and response_urls', body.trigger_id && Array.isArray(body.response_urls), body);
  const updated = await fillAndSubmit('update');
  same(
    'response_action update shows the new view',
    [updated.outcome, updated.view?.title, updated.view?.id],
    ['updated', 'Updated', view.id],
  );
  const pushed = await fillAndSubmit('push');
  same(
    'response_action push lays a view on top',
    [pushed.outcome, pushed.view?.title, pushed.view?.id !== view.id],
    ['pushed', 'Pushed', true],
  );
  same(
    'response_action clear closes all',
    [await fillAndSubmit('clear'), await modalOf('ada')],
    [{ outcome: 'closed' }, null],
  );
  await openForm('ada');
  same(
    'an empty acknowledgement closes',
    [await fillAndSubmit('to learn'), await modalOf('ada')],
    [{ outcome: 'closed' }, null],
  );
  check(
    'a message to a user id becomes a direct message',
    await waitForMessage('ada', 'dms', 'Thank you: to learn'),
    (await sees('ada')).dms,
  );
});

await section('views.push', async () => {
  const titles = ['Two', 'Three', 'Four'];
  const results = [];
  const deeper = (title) => modal(title, [actions(button('Deeper', 'deeper'))], { callback_id: 'stack' });
  app.action('deeper', async ({ ack, body, client }) => {
    await ack();
    results.push(
      await client.views
        .push({ trigger_id: body.trigger_id, view: deeper(titles[results.length]) })
        .catch((error) => error.data.error),
    );
  });
  app.action('begin', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: deeper('One') });
  });
  await app.client.chat.postMessage({ channel: grace, text: 'Stack', blocks: [actions(button('Begin', 'begin'))] });
  await does('clicks', { person: 'grace', label: 'Begin' });
  await waitForModal('grace', 'One');
  for (const count of [1, 2, 3]) {
    await does('clicks', { person: 'grace', label: 'Deeper' });
    await wait(() => results.length === count);
  }
  const [two, three, four] = results;
  check(
    'views.push lays views on top',
    two?.view?.previous_view_id && three?.view?.root_view_id === two.view.root_view_id,
    results,
  );
  same('a fourth view is refused', four, 'push_limit_reached');
  for (const title of ['Three', 'Two', 'One']) {
    same(`the view ${title} is below`, (await modalOf('grace'))?.title, title);
    await does('closes', { person: 'grace' });
  }
  same('all are closed', await modalOf('grace'), null);

  await openForm('grace');
  await app.client.views.update({ view_id: (await modalOf('grace')).id, view: { ...form(), clear_on_close: true } });
  await does('closes', { person: 'grace' });
  same(
    'closing with clear_on_close says is_cleared',
    [heard.closed.at(-1)?.body.is_cleared, await modalOf('grace')],
    [true, null],
  );
});

const everyElement = () => [
  input('Static', 'static', { type: 'static_select', options: [option('Red'), option('Blue')] }),
  input('Grouped', 'grouped', {
    type: 'static_select',
    option_groups: [{ label: plain('Warm'), options: [option('Amber')] }],
  }),
  input('Many', 'many', { type: 'multi_static_select', options: [option('A'), option('B'), option('C')] }),
  input('Person', 'person', { type: 'users_select' }),
  input('Persons', 'persons', { type: 'multi_users_select' }),
  input('Day', 'day', { type: 'datepicker' }),
  input('Time', 'time', { type: 'timepicker', initial_time: '09:30' }),
  input('Moment', 'moment', { type: 'datetimepicker' }),
  input('Boxes', 'boxes', { type: 'checkboxes', options: [option('Tea'), option('Coffee')] }),
  input('Radio', 'radio', { type: 'radio_buttons', options: [option('Yes'), option('No')] }),
  input('Number', 'number', { type: 'number_input', is_decimal_allowed: true }),
  input('Mail', 'mail', { type: 'email_text_input' }),
  input('Address', 'address', { type: 'url_text_input' }),
  input('Rich', 'rich', { type: 'rich_text_input' }),
  input('Left empty', 'empty', { type: 'plain_text_input' }, { optional: true }),
];
const choices = [
  ['chooses', 'Static', 'Blue'],
  ['chooses', 'Grouped', 'Amber'],
  ['chooses', 'Many', 'A'],
  ['chooses', 'Many', 'C'],
  ['chooses', 'Person', 'grace'],
  ['chooses', 'Persons', 'ada'],
  ['chooses', 'Persons', 'grace'],
  ['chooses', 'Day', '2030-01-31'],
  ['chooses', 'Moment', '1893456000'],
  ['chooses', 'Boxes', 'Tea'],
  ['chooses', 'Boxes', 'Coffee'],
  ['chooses', 'Boxes', 'Tea'],
  ['chooses', 'Radio', 'No'],
  ['fills', 'Number', '2.5'],
  ['fills', 'Mail', 'ada@example.com'],
  ['fills', 'Address', 'https://example.com/'],
  ['fills', 'Rich', 'rich text'],
];

await section('inputs', async () => {
  let values;
  app.view('every', async ({ ack, view }) => {
    values = view.state.values;
    await ack();
  });
  await openBehindButton(
    'ada',
    ada,
    'Every input',
    modal('Every input', everyElement(), { callback_id: 'every', submit: plain('Send') }),
  );
  for (const [deed, label, what] of choices)
    await does(deed, { person: 'ada', label, [deed === 'fills' ? 'text' : 'option']: what });
  same('a modal with every input is submitted', await does('submits', { person: 'ada' }), { outcome: 'closed' });
  const of = (block) => values?.[block]?.value;
  const { text, value } = of('static')?.selected_option ?? {};
  same(
    'static_select',
    [of('static')?.type, text?.type, text?.text, value],
    ['static_select', 'plain_text', 'Blue', 'blue'],
  );
  check("a chosen option's text says emoji: true", text?.emoji === true, text);
  same('static_select with groups', of('grouped')?.selected_option?.value, 'amber');
  same(
    'multi_static_select',
    of('many')?.selected_options?.map((one) => one.value),
    ['a', 'c'],
  );
  same('users_select', of('person'), { type: 'users_select', selected_user: grace });
  same('multi_users_select', of('persons'), { type: 'multi_users_select', selected_users: [ada, grace] });
  same('datepicker', of('day'), { type: 'datepicker', selected_date: '2030-01-31' });
  same('timepicker keeps its initial time', of('time'), { type: 'timepicker', selected_time: '09:30' });
  same('datetimepicker', of('moment'), { type: 'datetimepicker', selected_date_time: 1893456000 });
  same(
    'checkboxes',
    of('boxes')?.selected_options?.map((one) => one.value),
    ['coffee'],
  );
  same('radio_buttons', of('radio')?.selected_option?.value, 'no');
  same('number_input', of('number'), { type: 'number_input', value: '2.5' });
  same('email_text_input', of('mail'), { type: 'email_text_input', value: 'ada@example.com' });
  same('url_text_input', of('address'), { type: 'url_text_input', value: 'https://example.com/' });
  same('rich_text_input', [of('rich')?.type, of('rich')?.rich_text_value?.type], ['rich_text_input', 'rich_text']);
  same('an empty input is there with null', of('empty'), { type: 'plain_text_input', value: null });
});

await section('block actions', async () => {
  const blocks = [
    {
      type: 'section',
      block_id: 'pick',
      text: mrkdwn('Static'),
      accessory: {
        type: 'static_select',
        action_id: 'every_static',
        placeholder: plain('Static'),
        options: [option('Red'), option('Blue')],
      },
    },
    {
      type: 'section',
      block_id: 'people',
      text: mrkdwn('Person'),
      accessory: { type: 'users_select', action_id: 'every_person', placeholder: plain('Person') },
    },
    {
      type: 'section',
      block_id: 'days',
      text: mrkdwn('Day'),
      accessory: { type: 'datepicker', action_id: 'every_day', placeholder: plain('Day') },
    },
    {
      type: 'section',
      block_id: 'boxes',
      text: mrkdwn('Boxes'),
      accessory: { type: 'checkboxes', action_id: 'every_boxes', options: [option('Tea'), option('Coffee')] },
    },
    {
      type: 'section',
      block_id: 'more',
      text: mrkdwn('More'),
      accessory: { type: 'overflow', action_id: 'every_overflow', options: [option('Pause'), option('Stop')] },
    },
    input(
      'Typed',
      'typed',
      {
        type: 'plain_text_input',
        action_id: 'every_typed',
        dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
      },
      { dispatch_action: true },
    ),
  ];
  await openBehindButton(
    'grace',
    grace,
    'Live form',
    modal('Live form', blocks, { callback_id: 'live', submit: plain('Send') }),
  );
  const chosen = async (deed, label, what) => {
    const before = heard.actions.length;
    await does(deed, { person: 'grace', label, [deed === 'fills' ? 'text' : 'option']: what });
    return (await wait(() => heard.actions[before]))?.action ?? 'no action came';
  };
  same('choosing an option tells the app', (await chosen('chooses', 'Static', 'Red')).selected_option?.value, 'red');
  same('choosing a person tells the app', (await chosen('chooses', 'Person', 'ada')).selected_user, ada);
  same('choosing a day tells the app', (await chosen('chooses', 'Day', '2030-02-01')).selected_date, '2030-02-01');
  same(
    'ticking a box tells the app',
    (await chosen('chooses', 'Boxes', 'Tea')).selected_options?.map((one) => one.value),
    ['tea'],
  );
  const overflow = await chosen('chooses', 'More', 'Stop');
  same(
    'choosing from an overflow menu tells the app',
    [overflow.type, overflow.selected_option?.value],
    ['overflow', 'stop'],
  );
  const typed = await chosen('fills', 'Typed', 'so');
  same('dispatch_action tells the app what was typed', [typed.type, typed.value], ['plain_text_input', 'so']);
  const { body } = heard.actions.at(-1);
  same(
    'an action in a view carries the view',
    [body.container?.type, body.container?.view_id === body.view?.id, body.view?.callback_id],
    ['view', true, 'live'],
  );
  same(
    'the view carries what was chosen before',
    [
      body.view?.state?.values?.pick?.every_static?.selected_option?.value,
      body.view?.state?.values?.boxes?.every_boxes?.selected_options?.length,
    ],
    ['red', 1],
  );
  check(
    'an action in a view has a trigger and no response_url',
    body.trigger_id && body.response_url === undefined,
    body,
  );
  await does('closes', { person: 'grace' });

  const posted = await app.client.chat.postMessage({
    channel: grace,
    text: 'In a message',
    blocks: [
      {
        type: 'section',
        block_id: 'where',
        text: mrkdwn('Where'),
        accessory: {
          type: 'static_select',
          action_id: 'every_message',
          placeholder: plain('Where'),
          options: [option('Here'), option('There')],
        },
      },
    ],
  });
  same(
    'choosing in a message tells the app',
    (await chosen('chooses', 'Where', 'There')).selected_option?.value,
    'there',
  );
  const inMessage = heard.actions.at(-1).body;
  same(
    'the action carries the message',
    [inMessage.container.type, inMessage.message?.ts, inMessage.channel?.id],
    ['message', posted.ts, posted.channel],
  );
  same("the message's state is there", inMessage.state?.values?.where?.every_message?.selected_option?.value, 'there');
  check('an action in a message has a response_url', inMessage.response_url, inMessage);
});

await section('Home', async () => {
  const opened = await does('opens_home', { person: 'ada' });
  same('Home is published', opened.home?.shown?.split('\n')[0], 'Welcome @ada');
  const event = heard.events.filter((one) => one.type === 'app_home_opened').at(-1);
  same(
    'app_home_opened names person and tab',
    [event?.user, event?.tab, Boolean(event?.channel), Boolean(event?.event_ts)],
    [ada, 'home', true, true],
  );
  const view = (await wait(() => outcomes.published))?.view;
  same('views.publish answers the view', [view?.type, view?.callback_id, Boolean(view?.hash)], ['home', 'home', true]);
  await does('clicks', { person: 'ada', label: 'At home' });
  const { body } = heard.actions.at(-1);
  same(
    'a click at home carries the view',
    [body.view?.type, body.view?.id, body.container?.type],
    ['home', view?.id, 'view'],
  );
  const again = { user_id: ada, view: { type: 'home', blocks: [paragraph('Again')] } };
  const published = await app.client.views.publish({ ...again, hash: view?.hash });
  check('views.publish with the hash works', published.view.hash !== view?.hash, published.view);
  same(
    'views.publish with an old hash is refused',
    await refusal(app.client.views.publish({ ...again, hash: view?.hash })),
    'hash_conflict',
  );
  await does('opens_home', { person: 'ada' });
  const second = heard.events.filter((one) => one.type === 'app_home_opened').at(-1);
  check('app_home_opened carries the view that is there', second?.view?.type === 'home', second);
});

await section('events', async () => {
  await does('types', { person: 'ada', text: 'good morning <3' });
  check(
    'a message event is answered with say()',
    await waitForMessage('ada', 'dms', 'You said: good morning <3'),
    (await sees('ada')).dms,
  );
  const event = heard.events.filter((one) => one.type === 'message').at(-1);
  same(
    'a message event has the documented fields',
    ['user', 'text', 'ts', 'channel', 'channel_type', 'event_ts', 'client_msg_id', 'team', 'blocks'].filter(
      (name) => event?.[name] === undefined,
    ),
    [],
  );
  same("a message's text is encoded", event?.text, 'good morning &lt;3');
  await does('event', { type: 'team_join', ...changed(grace) });
  await does('event', { type: 'user_change', ...changed(grace) });
  check(
    'other events arrive',
    heard.events.some((one) => one.type === 'team_join') && heard.events.some((one) => one.type === 'user_change'),
    heard.events.map((one) => one.type),
  );
});
