// The app under the checks: an ordinary Bolt app in Socket Mode.
//
// Owns: what it answers and what it has heard. Must not: check anything.

import {
  actions,
  App,
  button,
  clientOptions,
  does,
  facts,
  input,
  modal,
  option,
  paragraph,
  plain,
  quiet,
  refusal,
  sees,
  SocketModeReceiver,
  wait,
  waitForModal,
} from './stage.mjs';

/** What came, by kind, the latest last. */
export const heard = {
  commands: [],
  actions: [],
  submissions: [],
  closed: [],
  events: [],
  shortcuts: [],
  options: [],
  errors: [],
};
/** What became of the calls that listeners made, by name. */
export const outcomes = {};

export const receiver = new SocketModeReceiver({
  appToken: facts.app_token,
  installerOptions: { clientOptions: { ...clientOptions } },
  clientPingTimeout: 500,
  logger: quiet,
});
export const app = new App({ token: facts.bot_token, receiver, clientOptions: { ...clientOptions }, logger: quiet });
app.error(async (error) => {
  heard.errors.push(String(error?.original ?? error));
});
app.use(async ({ body, context, next }) => {
  if (body.event)
    heard.events.push({ ...body.event, retry: context.retryNum, reason: context.retryReason, id: body.event_id });
  await next();
});

app.command('/text', async ({ ack, command }) => {
  heard.commands.push(command);
  await ack(`Hello <@${command.user_id}>`);
});
app.command('/blocks', async ({ ack }) => {
  await ack({ response_type: 'ephemeral', text: 'With blocks', blocks: [paragraph('*With* blocks')] });
});
app.command('/aloud', async ({ ack }) => {
  await ack({ response_type: 'in_channel', text: 'For everybody here' });
});
app.command('/respond', async ({ ack, respond }) => {
  await ack();
  outcomes.responded = await respond({
    text: 'Choose',
    blocks: [
      paragraph('Choose'),
      actions(
        button('Open', 'open', { value: 'form', style: 'primary' }),
        button('Replace', 'replace', { value: '1' }),
        button('Delete', 'delete', { value: '2' }),
      ),
    ],
  });
});
app.command('/often', async ({ ack, respond }) => {
  await ack();
  outcomes.often = [];
  for (let count = 1; count <= 6; count += 1) {
    outcomes.often.push(
      await respond(`Answer ${count}`).then(
        (answer) => answer.status,
        (error) => error.status ?? error.statusCode ?? String(error),
      ),
    );
  }
  outcomes.oftenDone = true;
});

app.action('open', async ({ ack, body, client, action }) => {
  heard.actions.push({ body, action });
  await ack();
  outcomes.opened = await client.views.open({ trigger_id: body.trigger_id, view: form() });
  outcomes.openedTwice = await refusal(client.views.open({ trigger_id: body.trigger_id, view: form() }));
});
app.action('replace', async ({ ack, respond, body, action }) => {
  heard.actions.push({ body, action });
  await ack();
  await respond({
    replace_original: true,
    text: 'Replaced',
    blocks: [paragraph('Replaced'), actions(button('Delete', 'delete'))],
  });
});
app.action('delete', async ({ ack, respond }) => {
  await ack();
  await respond({ delete_original: true });
});

export const form = () =>
  modal('A form', [input('Why', 'why', { type: 'plain_text_input', max_length: 100 })], {
    callback_id: 'form',
    private_metadata: 'note',
    submit: plain('Send'),
    close: plain('Cancel'),
    notify_on_close: true,
  });

app.view('form', async ({ ack, view, body, client }) => {
  heard.submissions.push({ body, view });
  const text = view.state.values.why.value.value;
  if (text === 'errors') await ack({ response_action: 'errors', errors: { why: 'Say more' } });
  else if (text === 'update') await ack({ response_action: 'update', view: { ...form(), title: plain('Updated') } });
  else if (text === 'push') await ack({ response_action: 'push', view: { ...form(), title: plain('Pushed') } });
  else if (text === 'clear') await ack({ response_action: 'clear' });
  else {
    await ack();
    await client.chat.postMessage({ channel: body.user.id, text: `Thank you: ${text}` });
  }
});
app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body, view }) => {
  heard.closed.push({ body, view });
  await ack();
});

app.event('app_home_opened', async ({ event, client }) => {
  outcomes.published = await client.views.publish({
    user_id: event.user,
    view: {
      type: 'home',
      callback_id: 'home',
      blocks: [paragraph(`Welcome *<@${event.user}>*`), actions(button('At home', 'home_button'))],
    },
  });
});
app.action('home_button', async ({ ack, body }) => {
  heard.actions.push({ body });
  await ack();
});
app.message(/good morning/, async ({ message, say }) => {
  await say({ text: `You said: ${message.text}`, thread_ts: undefined });
});
app.event('team_join', async () => {});
app.event('user_change', async () => {});
app.action(/^every_/, async ({ ack, body, action }) => {
  heard.actions.push({ body, action });
  await ack();
});
app.shortcut(/.*/, async ({ ack, shortcut, client, respond }) => {
  heard.shortcuts.push(shortcut);
  await ack();
  if (shortcut.type === 'message_action') await respond?.('Noted');
  await client.views.open({ trigger_id: shortcut.trigger_id, view: { ...form(), title: plain('By shortcut') } });
});
app.options(/.*/, async ({ ack, options: asked }) => {
  heard.options.push(asked);
  await ack({
    options: ['Tea', 'Teacake', 'Coffee'].filter((text) => text.startsWith(asked.value)).map((text) => option(text)),
  });
});

/** Opens the form in front of somebody and answers the view Slack made of it. */
export async function openForm(person) {
  outcomes.opened = undefined;
  await does('types', { person, text: '/respond' });
  await wait(async () => (await sees(person)).ephemerals.some((message) => message.text === 'Choose'));
  await does('clicks', { person, label: 'Open' });
  await waitForModal(person, 'A form');
  return (await wait(() => outcomes.opened)).view;
}

/** A modal behind a button in a direct message, since a modal needs a trigger. */
export async function openBehindButton(person, id, label, view) {
  app.action(label, async ({ ack, body, client }) => {
    await ack();
    outcomes[label] = await client.views.open({ trigger_id: body.trigger_id, view });
  });
  await app.client.chat.postMessage({ channel: id, text: label, blocks: [actions(button(label, label))] });
  await does('clicks', { person, label });
  await waitForModal(person, view.title.text);
}
