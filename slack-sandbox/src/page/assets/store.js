// The workspace as the server tells it: the feed, reconnecting, and applying what changed once per drawn
// frame. It holds no choices of the person at the page (see place.js) and sends nothing (see deeds.js).
import { observable, useSelected } from './observe.js';

const source = observable();
const LOG_KEPT = 5000;

export const world = {
  ready: false, feed: 'connecting', workspace: null, clock: null, clockHeard: 0, connections: 0,
  people: new Map(), handles: new Map(), peopleVersion: 0,
  conversations: new Map(), conversationsVersion: 0,
  channels: new Map(), messagesVersion: 0,
  modals: new Map(), homes: new Map(), read: new Map(), readVersion: 0,
  log: [], logVersion: 0, violations: 0, tour: [],
};

export const listen = source.listen;
export const useWorld = (select) => useSelected(source, () => select(world));

/** Milliseconds since the epoch in the workspace; its clock runs on by itself between two frames. */
export function now() {
  if (!world.clock) return 0;
  return Date.parse(world.clock.now) + (performance.now() - world.clockHeard);
}

export const appUser = () => world.workspace?.app.user;

/** Slack's timestamps in order: as text they compare right once they are equally long. */
export function compareTimestamps(left, right) {
  if (left === right) return 0;
  if (left.length !== right.length) return Number(left) - Number(right);
  return left < right ? -1 : 1;
}

function emptyChannel() {
  return { all: [], roots: [], threads: new Map(), byTimestamp: new Map(), version: 0, newest: '0', unread: new Map() };
}

const nothing = emptyChannel();
export const channelOf = (id) => world.channels.get(id) ?? nothing;

/** Whether a person sees a message at all. */
export const visibleTo = (message, person) => !message.ephemeral_to || message.ephemeral_to === person;

/** Unread messages of others, replies in threads among them, counted from the newest back and no further than a badge shows. */
export function unreadCount(person, channelId) {
  const channel = channelOf(channelId);
  const mark = world.read.get(person)?.[channelId] ?? '0';
  const known = channel.unread.get(person);
  if (known && known.version === channel.version && known.mark === mark) return known.count;
  let count = 0;
  const { all } = channel;
  for (let index = all.length - 1; index >= 0 && count < 100 && all.length - index < 1000; index -= 1) {
    const message = all[index];
    if (compareTimestamps(message.ts, mark) <= 0) break;
    if (message.user !== person && visibleTo(message, person)) count += 1;
  }
  channel.unread.set(person, { version: channel.version, mark, count });
  return count;
}

// ---- applying frames

function place(list, message) {
  const last = list[list.length - 1];
  if (!last || compareTimestamps(last.ts, message.ts) < 0) {
    list.push(message);
    return;
  }
  const index = position(list, message.ts);
  if (list[index]?.ts === message.ts) list[index] = message;
  else list.splice(index, 0, message);
}

/** Where a timestamp stands in an ordered list, or would stand. */
function position(list, ts) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareTimestamps(list[middle].ts, ts) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function listOf(channel, message) {
  if (!message.thread_ts || message.thread_ts === message.ts) return channel.roots;
  let replies = channel.threads.get(message.thread_ts);
  if (!replies) channel.threads.set(message.thread_ts, (replies = []));
  return replies;
}

function upsert(message) {
  let channel = world.channels.get(message.channel);
  if (!channel) world.channels.set(message.channel, (channel = emptyChannel()));
  channel.byTimestamp.set(message.ts, message);
  place(channel.all, message);
  place(listOf(channel, message), message);
  if (compareTimestamps(message.ts, channel.newest) > 0) channel.newest = message.ts;
  channel.version += 1;
}

function remove([channelId, ts]) {
  const channel = world.channels.get(channelId);
  const message = channel?.byTimestamp.get(ts);
  if (!message) return;
  channel.byTimestamp.delete(ts);
  for (const list of [channel.all, listOf(channel, message)]) {
    const index = position(list, ts);
    if (list[index]?.ts === ts) list.splice(index, 1);
  }
  channel.version += 1;
}

function record(entries) {
  for (const entry of entries) {
    const { log } = world;
    const last = log[log.length - 1];
    if (!last || entry.n > last.n) {
      log.push(entry);
      continue;
    }
    let index = log.length - 1;
    while (index >= 0 && log[index].n > entry.n) index -= 1;
    if (log[index]?.n === entry.n) log[index] = entry;
    else log.splice(index + 1, 0, entry);
  }
  if (world.log.length > LOG_KEPT) world.log.splice(0, world.log.length - LOG_KEPT);
  world.logVersion += 1;
}

function apply(frame) {
  const whole = frame.type === 'world';
  if (whole) {
    Object.assign(world, {
      ready: true, channels: new Map(), modals: new Map(), homes: new Map(), read: new Map(), log: [],
    });
  }
  for (const key of ['workspace', 'connections', 'violations', 'tour']) if (key in frame) world[key] = frame[key];
  if (frame.clock) {
    world.clock = frame.clock;
    world.clockHeard = performance.now();
  }
  if (frame.people) {
    world.people = new Map(frame.people.map((person) => [person.id, person]));
    world.handles = new Map(frame.people.map((person) => [person.handle, person]));
    world.peopleVersion += 1;
  }
  if (frame.conversations) {
    world.conversations = new Map(frame.conversations.map((conversation) => [conversation.id, conversation]));
    world.conversationsVersion += 1;
  }
  for (const message of frame.messages ?? []) upsert(message);
  for (const gone of frame.deleted ?? []) remove(gone);
  if (whole || frame.messages || frame.deleted) world.messagesVersion += 1;
  for (const [person, views] of Object.entries(frame.modals ?? {})) world.modals.set(person, views);
  for (const [person, view] of Object.entries(frame.homes ?? {})) world.homes.set(person, view);
  for (const [person, marks] of Object.entries(frame.read ?? {})) {
    world.read.set(person, { ...world.read.get(person), ...marks });
  }
  if (frame.read) world.readVersion += 1;
  if (frame.log) record(frame.log);
}

// ---- the feed

let waiting = [];
let planned = false;
let rested = 0;
const QUICK = 16;
const LONGEST_REST = 250;

/** When drawing was slow, the page rests as long again before it draws the next changes, so that typing stays quick. */
function restAfter(started) {
  requestAnimationFrame(() => setTimeout(() => {
    const cost = performance.now() - started;
    rested = cost > QUICK ? performance.now() + Math.min(cost * 1.5, LONGEST_REST) : 0;
  }));
}

function flush() {
  planned = false;
  if (waiting.length === 0) return;
  const started = performance.now();
  const frames = waiting;
  waiting = [];
  for (const frame of frames) apply(frame);
  source.tell();
  if (!document.hidden) restAfter(started);
}

/** Frames are applied together once per drawn frame; a hidden page draws none, so it takes a timer. */
function take(frame) {
  if (frame.type === 'world') waiting = [];
  waiting.push(frame);
  if (planned) return;
  planned = true;
  const rest = rested - performance.now();
  if (document.hidden) setTimeout(flush, 200);
  else if (rest > QUICK) setTimeout(() => requestAnimationFrame(flush), rest);
  else requestAnimationFrame(flush);
}

function feedIs(state) {
  world.feed = state;
  source.tell();
}

export function follow(pause = 300) {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${location.host}/page/feed`);
  let heard = false;
  socket.onmessage = (event) => {
    if (!heard) feedIs('live');
    heard = true;
    take(JSON.parse(event.data));
  };
  socket.onclose = () => {
    feedIs('gone');
    const next = heard ? 300 : Math.min(pause * 2, 5000);
    setTimeout(() => follow(next), heard ? 300 : pause);
  };
}

document.addEventListener('visibilitychange', () => {
  if (waiting.length > 0) flush();
});
