// The messages of one conversation, newest last: day dividers, keeping the place while scrolled up, reading
// marks, and the words a screen reader hears. Single messages are message.js's, typing is composer.js's.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { icon } from './icons.js';
import { deed } from './deeds.js';
import { channelOf, compareTimestamps, useWorld, visibleTo, world } from './store.js';
import { dayName, dayOf } from './dates.js';
import { Message } from './message.js';

const FIRST = 80;
const MORE = 150;
const MOST = 1500;
const TOGETHER = 300;
const secondsOf = (ts) => Number(ts.split('.')[0]);

/** The newest messages a person sees, back to `reading` if that is further, and whether there are earlier ones. */
function newest(list, person, count, reading) {
  const shown = [];
  let index = list.length - 1;
  const wanted = (ts) => shown.length < count || (reading && shown.length < MOST && compareTimestamps(ts, reading) >= 0);
  for (; index >= 0 && wanted(list[index].ts); index -= 1) if (visibleTo(list[index], person)) shown.push(list[index]);
  return { shown: shown.reverse(), earlier: index >= 0 };
}

/** Tells the server what is read while it is on screen; the same mark is told once. */
export function useReading(person, channelId) {
  const latest = useWorld(() => channelOf(channelId).newest);
  const told = useRef('');
  useEffect(() => {
    const read = () => {
      const mark = world.read.get(person)?.[channelId] ?? '0';
      if (document.hidden || latest === '0' || told.current === channelId + latest || compareTimestamps(latest, mark) <= 0) return;
      told.current = channelId + latest;
      // A mark that does not arrive is told again with the next message.
      deed('reads', { person, channel: channelId, ts: latest }).catch(() => { told.current = ''; });
    };
    // Not at every message of a burst.
    const timer = setTimeout(read, 150);
    document.addEventListener('visibilitychange', read);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', read);
    };
  }, [person, channelId, latest]);
}

/** Says the newest message of somebody else, at most once a second. */
function Announcer({ eye, channelId, latest }) {
  const [words, setWords] = useState('');
  const started = useRef(latest?.ts ?? '0');
  useEffect(() => {
    started.current = latest?.ts ?? '0';
  }, [channelId]);
  useEffect(() => {
    if (!latest || latest.user === eye.viewer.id || compareTimestamps(latest.ts, started.current) <= 0) return undefined;
    const timer = setTimeout(() => setWords(`${eye.person(latest.user)?.name ?? 'Somebody'}: ${latest.text.slice(0, 160)}`), 1000);
    return () => clearTimeout(timer);
  }, [latest]);
  return html`<div class="visually-hidden" role="log" aria-live="polite" aria-label="New messages">${words}</div>`;
}

export function MessageList({ eye, channelId, onThread, thread }) {
  const version = useWorld(() => channelOf(channelId).version);
  const [count, setCount] = useState(FIRST);
  const [below, setBelow] = useState(false);
  const scroller = useRef(null);
  const bottom = useRef(true);
  // The first message on screen while scrolled up: it is not dropped when newer ones arrive.
  const reading = useRef('');
  const height = useRef(0);
  const viewer = eye.viewer.id;
  useEffect(() => {
    setCount(FIRST);
    bottom.current = true;
    reading.current = '';
  }, [channelId, thread]);

  const channel = channelOf(channelId);
  const { shown, earlier } = useMemo(() => {
    if (!thread) return newest(channel.roots, viewer, count, reading.current);
    const root = channel.byTimestamp.get(thread);
    const replies = newest(channel.threads.get(thread) ?? [], viewer, count, reading.current);
    return { shown: root ? [root, ...replies.shown] : replies.shown, earlier: replies.earlier };
  }, [channelId, version, viewer, count, thread]);
  const latest = shown.at(-1);
  const firstShown = useRef('');
  firstShown.current = shown[0]?.ts ?? '';

  useLayoutEffect(() => {
    const box = scroller.current;
    if (bottom.current) setBelow(false);
    else if (height.current < 0) {
      // Earlier messages were added above: what was on screen stays where it is.
      box.scrollTop += box.scrollHeight + height.current;
    } else if (latest && latest.user === viewer) {
      box.scrollTop = box.scrollHeight;
    } else setBelow(true);
    height.current = 0;
  }, [latest?.ts, channelId, count]);
  // At every drawing, as an edit may make the last message higher. More than there is to scroll, so that the
  // height need not be measured first.
  useLayoutEffect(() => {
    if (bottom.current) scroller.current.scrollTop = 1e7;
  });
  useEffect(() => {
    const box = scroller.current;
    const watch = new ResizeObserver(() => { if (bottom.current) box.scrollTop = 1e7; });
    watch.observe(box);
    watch.observe(box.firstElementChild);
    return () => watch.disconnect();
  }, []);

  const onScroll = () => {
    const box = scroller.current;
    bottom.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
    if (bottom.current) setBelow(false);
    reading.current = bottom.current ? '' : reading.current || firstShown.current;
  };
  const showEarlier = () => {
    height.current = -scroller.current.scrollHeight;
    bottom.current = false;
    reading.current = '';
    setCount(count + MORE);
  };
  const toBottom = () => {
    bottom.current = true;
    reading.current = '';
    scroller.current.scrollTop = 1e7;
    setBelow(false);
  };

  let before = null;
  const rows = shown.flatMap((message) => {
    const seconds = secondsOf(message.ts);
    const newDay = !before || dayOf(secondsOf(before.ts), eye.zone) !== dayOf(seconds, eye.zone);
    const compact = !newDay && before.user === message.user && seconds - secondsOf(before.ts) < TOGETHER
      && !message.ephemeral_to && !before.ephemeral_to && !(before.ts === thread);
    before = message;
    const replies = thread ? null : channel.threads.get(message.ts);
    const row = html`<${Message} key=${message.ts} message=${message} eye=${eye} compact=${compact} replies=${replies?.length ?? 0}
      last=${replies?.at(-1)?.ts} onThread=${onThread} />`;
    return newDay ? [html`<h4 class="day" key="day ${message.ts}"><span>${dayName(seconds, eye)}</span></h4>`, row] : [row];
  });
  return html`<div class="messages-frame">
    <div class="messages" ref=${scroller} onScroll=${onScroll} tabindex="0" role="region" aria-label="${thread ? 'Messages of the thread' : 'Messages'}, ${eye.viewer.name}">
      <div class="messages-inner">
        ${earlier && html`<p class="earlier"><button type="button" class="button" onClick=${showEarlier}>Show earlier</button></p>`}
        ${shown.length === 0 && html`<p class="empty">Nothing has been said here yet.</p>`}
        ${rows}
      </div>
    </div>
    ${below && html`<button type="button" class="new-messages" onClick=${toBottom}>${icon('down')} New messages</button>`}
    <${Announcer} eye=${eye} channelId=${channelId} latest=${latest} />
  </div>`;
}
