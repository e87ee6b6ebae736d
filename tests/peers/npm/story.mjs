// The app itself, as a process, with emulate for Slack: its `check` command, and two people who become a pair.
//
// Owns: the process and what people do. Must not: know the words of its screens; it finds what must be filled and clicks
// what is offered first.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, emulate, idOf, now, pause, READS, report, slack } from './calls.mjs';
import { startDoor } from './door.mjs';
import { TOKENS } from './emulate.mjs';
import { validators } from './schemas/build.mjs';

/** Starts the app in a folder of its own; `said` grows, `ended` gives the exit code. */
function start(program, words, settings) {
  const folder = mkdtempSync(join(tmpdir(), 'peers-mentor-'));
  const environment = {
    PATH: process.env.PATH,
    HOME: folder,
    DATABASE_URL: `sqlite:${folder}/app.db`,
    MENTOR_KEY_FILE: `${folder}/app.key`,
    ...settings,
  };
  const child = spawn(program, words, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const running = { said: '', stop: () => child.kill('SIGINT') };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (running.said += data));
  running.ended = new Promise((done) => child.on('close', done)).then((code) => {
    rmSync(folder, { recursive: true, force: true });
    return code;
  });
  process.on('exit', () => child.kill('SIGKILL'));
  return running;
}

async function run(program, words, settings) {
  const running = start(program, words, settings);
  return { code: await running.ended, said: running.said };
}

const settings = (door, token) => ({
  SLACK_API_URL: door.url,
  SLACK_BOT_TOKEN: token,
  SLACK_APP_TOKEN: 'xapp-1-A0MENTOR-1-x',
});

async function theCheckCommand(program, door) {
  const well = await run(program, ['check'], settings(door, TOKENS.bot));
  check(
    "mentor check finds nothing wrong with the manifest's scopes",
    well.code === 0 && /in order/.test(well.said),
    well.said,
  );
  const poor = await run(program, ['check'], settings(door, TOKENS.poor));
  check(
    'mentor check finds a missing scope',
    poor.code !== 0 && /WRONG scope chat:write: it is missing/.test(poor.said),
    poor.said,
  );
  door.called.length = 0;
}

/** Two people and the app, running as it does in earnest: from a command to a pair, and both Homes. */
async function theStory(program, door) {
  const app = start(program, ['serve'], {
    ...settings(door, TOKENS.bot),
    MENTOR_WORKING_DAYS: 'Mon,Tue,Wed,Thu,Fri,Sat,Sun',
    MENTOR_WORKING_HOURS: '00:00-23:59',
  });
  const look = async (name, found, seconds = 10) => {
    const end = Date.now() + seconds * 1000;
    let value = found();
    while (!value && Date.now() < end) {
      await pause(20);
      value = found();
    }
    check(name, value, app.said.slice(-800));
    if (!value) throw new Error(name);
    return value;
  };
  const latest = (method, since = 0) =>
    door.called.slice(since).findLast((call) => call.method === method && call.answer);
  const team = { id: 'T000000001', domain: 'emulate' };
  const common = async (name, view) => ({
    team,
    user: { id: idOf(name), username: name, name, team_id: team.id },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: 'A0MENTOR',
    token: 'x',
    trigger_id: (
      await slack.must('views.generateTriggerId', { user_id: idOf(name), ...(view ? { view_id: view.id } : {}) })
    ).trigger_id,
  });
  const types = async (name, text) => {
    const { trigger_id } = await common(name);
    const { channel } = await slack.must('conversations.open', { users: idOf(name) });
    return door.send(
      'slash_commands',
      {
        token: 'x',
        team_id: team.id,
        team_domain: team.domain,
        channel_id: channel.id,
        channel_name: 'directmessage',
        user_id: idOf(name),
        user_name: name,
        command: '/mentor',
        text,
        api_app_id: 'A0MENTOR',
        is_enterprise_install: 'false',
        response_url: door.responseUrl(),
        trigger_id,
      },
      true,
    );
  };
  const clicks = async (name, call) => {
    const { channel, blocks, text } = call.given;
    const element = blocks
      .filter(({ type }) => type === 'actions')
      .flatMap(({ elements }) => elements)
      .find(({ style }) => style === 'primary');
    const ts = call.answer.ts;
    return door.send('interactive', {
      ...(await common(name)),
      type: 'block_actions',
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel, name: 'directmessage' },
      message: { type: 'message', ts, text, blocks },
      state: { values: {} },
      response_url: door.responseUrl(),
      actions: [{ ...element, block_id: 'actions', action_ts: '1.000001' }],
    });
  };
  const submits = async (name, view) => {
    const values = {};
    for (const { type, block_id, element, optional } of view.blocks) {
      if (type !== 'input') continue;
      const { type: kind, action_id } = element;
      const value = {
        plain_text_input: { value: element.initial_value ?? (optional ? null : 'to learn') },
        static_select: { selected_option: element.initial_option ?? element.options?.[0] },
        radio_buttons: { selected_option: element.initial_option ?? element.options?.[0] },
        timepicker: { selected_time: element.initial_time ?? '10:00' },
        datepicker: { selected_date: element.initial_date ?? null },
        checkboxes: { selected_options: element.initial_options ?? [] },
        multi_static_select: {
          selected_options: element.initial_options ?? (optional ? [] : element.options?.slice(0, 1)),
        },
        users_select: { selected_user: element.initial_user ?? null },
        multi_users_select: { selected_users: element.initial_users ?? [] },
      }[kind];
      values[block_id] = { [action_id]: { type: kind, ...value } };
    }
    const { trigger_id, ...rest } = await common(name, view);
    return door.send(
      'interactive',
      { ...rest, type: 'view_submission', trigger_id, view: { ...view, state: { values } }, response_urls: [] },
      true,
    );
  };

  try {
    await look('the app learns who is here and connects', () => latest('users.list') && door.connections() >= 1);
    const help = await types('ada', 'help');
    check('a command is answered in its acknowledgement', help.text && Array.isArray(help.blocks), help);
    let since = door.called.length;
    const opened = types('ada', `ask <@${idOf('grace')}|grace>`);
    const form = await look('a command opens a modal with its trigger', () => latest('views.open', since));
    await opened;
    check('the trigger is taken', form.answer.ok, form.answer);
    since = door.called.length;
    const sent = await submits('ada', form.answer.view);
    check('a form is answered with a view', sent.response_action === 'update' && sent.view?.type === 'modal', sent);
    const proposal = await look('the other person is written to', () => latest('chat.postMessage', since));
    check(
      'the message is taken',
      proposal.answer.ok && latest('conversations.open', since)?.answer.ok,
      proposal.answer,
    );
    since = door.called.length;
    await clicks('grace', proposal);
    const accept = await look('a button opens a modal with its trigger', () => latest('views.open', since));
    since = door.called.length;
    await submits('grace', accept.answer.view);
    const redrawn = await look('the message is redrawn', () => latest('chat.update', since));
    check('the update is taken', redrawn.answer.ok, redrawn.answer);
    await look('the first person hears', () => latest('chat.postMessage', since)?.answer.ok);
    for (const name of ['ada', 'grace']) {
      since = door.called.length;
      const { channel } = await slack.must('conversations.open', { users: idOf(name) });
      await door.send('events_api', {
        type: 'event_callback',
        token: 'x',
        team_id: team.id,
        api_app_id: 'A0MENTOR',
        event_id: `Ev${name}`,
        event_time: now(),
        authorizations: [
          { enterprise_id: null, team_id: team.id, user_id: 'U0MENTORBOT', is_bot: true, is_enterprise_install: false },
        ],
        event: {
          type: 'app_home_opened',
          user: idOf(name),
          channel: channel.id,
          tab: 'home',
          event_ts: `${now()}.000001`,
        },
      });
      const home = await look(`${name}'s Home is published`, () => latest('views.publish', since));
      check(`${name}'s Home is taken`, home.answer.ok && home.answer.view.type === 'home', home.answer);
    }
  } catch (error) {
    check('the story goes on', false, `${error.stack}\n${app.said.slice(-1500)}`);
  }
  app.stop();
  const code = await Promise.race([app.ended, pause(15000).then(() => 'it does not end')]);
  check('the app ends well', code === 0, `${code}: ${app.said.slice(-600)}`);
  const refused = door.called.filter(({ answer }) => answer?.ok !== true);
  check(`all ${door.called.length} calls were taken`, refused.length === 0, refused.slice(0, 5));
  const wrongly = door.called.filter(({ method, by, type }) =>
    READS.has(method) ? by !== 'GET' : by !== 'POST' || !type.startsWith('application/json'),
  );
  check('reads come by GET, the rest as JSON', wrongly.length === 0, wrongly);
  const strict = await validators({ loose: true });
  const name = (method) =>
    method
      .split('.')
      .map((part) => part[0].toUpperCase() + part.slice(1))
      .join('');
  const mistaken = door.called.flatMap(({ method, given }) =>
    (strict(name(method))?.(structuredClone(given)) ?? [{ says: 'no type is known' }]).map((mistake) => ({
      method,
      ...mistake,
    })),
  );
  check("every call has the arguments of Slack's types", mistaken.length === 0, mistaken.slice(0, 5));
}

export async function theApp(program) {
  if (!program) {
    report('SKIP', 'the app itself', 'no program was given');
    return;
  }
  const door = await startDoor(emulate.url);
  await theCheckCommand(program, door);
  await theStory(program, door);
  door.stop();
}
