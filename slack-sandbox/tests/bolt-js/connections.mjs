// Events that come again, and connections that end, as Bolt and @slack/socket-mode alone meet them.

import { app } from './app.mjs';
import {
  changed,
  check,
  clientOptions,
  control,
  does,
  facts,
  grace,
  pause,
  quiet,
  same,
  section,
  SocketModeClient,
  wait,
} from './stage.mjs';

await section('retries of events', async () => {
  await app.stop();
  check('Bolt leaves', await wait(async () => (await control('state')).connections === 0), await control('state'));
  const client = new SocketModeClient({
    appToken: facts.app_token,
    clientOptions: { ...clientOptions },
    clientPingTimeout: 500,
    logger: quiet,
  });
  const arrived = [];
  client.on('team_join', async ({ ack, body, envelope_id, retry_num, retry_reason }) => {
    arrived.push({ id: body.event_id, envelope: envelope_id, attempt: retry_num, reason: retry_reason });
    if (arrived.length > 1) await ack();
  });
  await client.start();
  check('@slack/socket-mode alone connects', await wait(async () => (await control('state')).connections === 1));
  const unanswered = await control('event', { type: 'team_join', ...changed(grace) });
  same('an unacknowledged event is told of', unanswered.status, 409);
  await wait(() => arrived.length > 1);
  same(
    'an unacknowledged event comes again',
    arrived.map((one) => one.attempt),
    [0, 1],
  );
  same(
    'it is the same event in another envelope',
    [arrived[0]?.id === arrived[1]?.id, arrived[0]?.envelope !== arrived[1]?.envelope, arrived[1]?.reason],
    [true, true, 'timeout'],
  );
  await pause(200);
  same('an acknowledged event does not come again', arrived.length, 2);
  await client.disconnect();
  check('@slack/socket-mode leaves', await wait(async () => (await control('state')).connections === 0));
});

await section('reconnecting', async () => {
  await app.start();
  for (const reason of ['warning', 'refresh_requested', 'too_many_websockets']) {
    const before = (await does('calls')).filter((call) => call.method === 'apps.connections.open').length;
    await does('disconnect', { reason, which: 'all' });
    check(
      `Bolt connects again after ${reason}`,
      await wait(async () => {
        const calls = (await does('calls')).filter((call) => call.method === 'apps.connections.open').length;
        return calls > before && (await control('state')).connections >= 1;
      }, 15),
      await control('state'),
    );
    const answered = await wait(
      async () =>
        (await control('types', { person: 'grace', text: '/text again' })).seen?.[0]?.shown === 'Hello @grace',
      15,
    );
    check(`commands work after ${reason}`, answered);
  }
  await app.stop();

  const client = new SocketModeClient({
    appToken: facts.app_token,
    clientOptions: { ...clientOptions },
    clientPingTimeout: 500,
    logger: quiet,
  });
  const states = [];
  for (const state of ['connected', 'reconnecting', 'disconnected', 'authenticated'])
    client.on(state, () => states.push(state));
  await client.start();
  const second = new SocketModeClient({
    appToken: facts.app_token,
    clientOptions: { ...clientOptions },
    clientPingTimeout: 500,
    logger: quiet,
  });
  const hellos = [];
  second.on('ws_message', (data) =>
    hellos.push(JSON.parse(typeof data === 'string' ? data : new TextDecoder().decode(data))),
  );
  await second.start();
  same('a second connection is counted in its hello', hellos[0]?.num_connections, 2);
  const got = [0, 0];
  for (const [index, one] of [client, second].entries()) {
    one.on('slash_commands', async ({ ack }) => {
      got[index] += 1;
      await ack('one answer');
    });
  }
  for (let count = 0; count < 12; count += 1) await does('types', { person: 'grace', text: '/text either' });
  check(
    'each envelope goes to exactly one connection, to either',
    got[0] + got[1] === 12 && got[0] > 0 && got[1] > 0,
    got,
  );
  await second.disconnect();
  await wait(async () => (await control('state')).connections === 1);

  states.length = 0;
  await does('disconnect', { reason: 'link_disabled', which: 'all' });
  check(
    'link_disabled ends the connection',
    await wait(async () => (await control('state')).connections === 0),
    await control('state'),
  );
  await wait(() => states.includes('reconnecting'), 3);
  check('the client tries again after link_disabled', states.includes('reconnecting'), states);
  // Left alone while it connects, since it takes a farewell in between for a failure.
  check('and is let in', await wait(() => states.includes('connected'), 10), states);
  await client.disconnect();
  check('nobody is left', await wait(async () => (await control('state')).connections === 0), await control('state'));
});
