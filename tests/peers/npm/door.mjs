// The door through which the app reaches `emulate`: reads by GET become POST, and there is Socket Mode, which emulate has
// not. People act through it: their envelopes carry triggers, users and views of emulate.
//
// Owns: the addresses, the connections, envelopes and their acknowledgements, and what the app called. Must not: answer in
// Slack's stead, but for apps.connections.open and team.profile.get, which emulate has not.

import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { WebSocketServer } from 'ws';
import { fetchAlone, TOKENS } from './emulate.mjs';

/** Listens on a free port. */
export async function startDoor(emulateUrl) {
  const called = [];
  const responses = [];
  const connections = new Set();
  const waiting = new Map();
  const tickets = new Set();
  let turn = 0;

  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { pathname, searchParams } = new URL(request.url, 'http://door');
    const say = (status, headers, text) => response.writeHead(status, headers).end(text);
    if (pathname.startsWith('/response/')) {
      responses.push({ id: pathname.split('/').at(-1), body: JSON.parse(body.toString()) });
      say(200, { 'content-type': 'text/plain' }, 'ok');
      return;
    }
    const method = pathname.replace('/api/', '');
    const read = request.method === 'GET';
    const type = request.headers['content-type'] ?? '';
    const call = {
      method,
      by: request.method,
      type,
      given: read ? Object.fromEntries(searchParams) : body.length ? JSON.parse(body.toString()) : {},
    };
    called.push(call);
    if (method === 'apps.connections.open') {
      const ticket = randomUUID();
      tickets.add(ticket);
      call.answer = { ok: true, url: `ws://127.0.0.1:${server.address().port}/socket/${ticket}` };
      say(200, { 'content-type': 'application/json' }, JSON.stringify(call.answer));
      return;
    }
    if (method === 'team.profile.get') {
      const isPoor = request.headers.authorization === `Bearer ${TOKENS.poor}`;
      call.answer = isPoor ? { ok: false, error: 'missing_scope' } : { ok: true, profile: { fields: [] } };
      say(200, { 'content-type': 'application/json' }, JSON.stringify(call.answer));
      return;
    }
    const answer = await fetchAlone(`${emulateUrl}${pathname}`, {
      method: 'POST',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': read ? 'application/x-www-form-urlencoded' : type,
      },
      body: read ? searchParams.toString() : body,
    });
    const text = await answer.text();
    try {
      call.answer = JSON.parse(text);
    } catch {
      call.answer = { ok: false, error: `HTTP ${answer.status}`, text };
    }
    say(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }, text);
  });

  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (!tickets.delete(request.url.split('/').at(-1))) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      connections.add(connection);
      connection.on('close', () => connections.delete(connection));
      connection.on('message', (data) => {
        const { envelope_id, payload } = JSON.parse(data.toString());
        waiting.get(envelope_id)?.(payload ?? {});
        waiting.delete(envelope_id);
      });
      connection.send(
        JSON.stringify({
          type: 'hello',
          num_connections: connections.size,
          connection_info: { app_id: 'A0MENTOR' },
          debug_info: { host: 'door', approximate_connection_time: 3600 },
        }),
      );
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${server.address().port}`;

  return {
    url: `${url}/api`,
    called,
    responses,
    connections: () => connections.size,
    responseUrl: () => `${url}/response/${randomUUID()}`,
    /** Sends an envelope to one connection after the other; answers the payload of its acknowledgement. */
    async send(type, payload, accepts = false) {
      const all = [...connections];
      if (all.length === 0) throw new Error('the app has no connection');
      turn += 1;
      const envelope_id = randomUUID();
      const acknowledged = new Promise((done, fail) => {
        waiting.set(envelope_id, done);
        setTimeout(
          () => fail(new Error(`${type} was not acknowledged within 3 s: ${JSON.stringify(payload).slice(0, 300)}`)),
          3000,
        ).unref();
      });
      const retry = type === 'events_api' ? { retry_attempt: 0, retry_reason: '' } : {};
      all[turn % all.length].send(
        JSON.stringify({ envelope_id, type, payload, accepts_response_payload: accepts, ...retry }),
      );
      return acknowledged;
    },
    stop() {
      for (const connection of connections) connection.terminate();
      server.close();
      server.closeAllConnections?.();
    },
  };
}
