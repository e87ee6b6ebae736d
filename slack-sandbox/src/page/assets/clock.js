// The workspace's clock: what time it is there, turning it on, and what happened while it turned.
import { useState } from 'preact/hooks';
import { classes, html } from './html.js';
import { icon } from './icons.js';
import { attempt, deed } from './deeds.js';
import { toast } from './toasts.js';
import { observable, useSelected } from './observe.js';
import { appUser, channelOf, useWorld, world } from './store.js';
import { useSeconds } from './tick.js';
import { fieldOf, secondsAt, shortDate, zoneName } from './dates.js';
import { show } from './place.js';
import { conversationName } from './people.js';
import { withEmoji } from './emoji.js';
import { unescaped } from './mrkdwn.js';

const source = observable();
const state = { turning: false, result: null, open: false };
const set = (values) => {
  Object.assign(state, values);
  source.tell();
};

/** Turns the clock: {next: true}, {minutes} or {to}. Others (the tour) use it too. */
export async function turnClock(how) {
  if (state.turning || world.clock?.turning) return null;
  set({ turning: true });
  try {
    const result = await deed('clock', how);
    set({ turning: false, result, open: true });
    return result;
  } catch (error) {
    set({ turning: false });
    toast(error.message, 'alert');
    return null;
  }
}

/** Turns the clock to the next thing that happens, again and again until `reached` says so; what happened is listed together. */
export async function turnUntil(reached, most = 40) {
  let whole = null;
  for (let turn = 0; turn < most && !reached(); turn += 1) {
    const result = await turnClock({ next: true });
    if (!result) return;
    whole = whole ? { ...result, from: whole.from, happened: [...whole.happened, ...result.happened] } : result;
    set({ result: whole });
    if (result.cut) return;
    // What was sent comes over the feed, a moment later.
    for (let look = 0; look < 10 && !reached(); look += 1) await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

/** Whether it turns, be it for this page or for another. */
export function useTurning() {
  const here = useSelected(source, () => state.turning);
  const anywhere = useWorld((each) => each.clock?.turning ?? false);
  return here || anywhere;
}

const UTC = 'UTC';
const secondsOf = (moment) => Math.floor(Date.parse(moment) / 1000);

function goTo(event) {
  const person = world.people.get(event.person);
  const conversation = world.conversations.get(event.channel);
  if (!person || !conversation) return;
  const app = conversation.kind === 'im' && conversation.members.includes(appUser());
  const message = channelOf(event.channel).byTimestamp.get(event.ts);
  const thread = message?.thread_ts && message.thread_ts !== message.ts ? message.thread_ts : '';
  const key = show(person.handle, app ? 'messages' : conversation.id, thread);
  const bring = () => {
    const row = document.querySelector(`[data-pane="${CSS.escape(person.handle)}"] [data-message="${CSS.escape(event.ts)}"]`);
    row?.scrollIntoView({ block: 'nearest' });
    row?.classList.add('focused');
    setTimeout(() => row?.classList.remove('focused'), 2500);
  };
  if (key) setTimeout(bring, 120);
}

/** What came of the last turn; the style sheet puts it beside the panes. */
function Happened() {
  const result = useSelected(source, () => state.result);
  const open = useSelected(source, () => state.open);
  useWorld((each) => each.peopleVersion + each.conversationsVersion);
  if (!result || !open) return null;
  const onClose = () => set({ open: false });
  return html`<section class="happened" data-part data-happened aria-label="What happened" onKeyDown=${(event) => event.key === 'Escape' && onClose()}>
    <header><h2>What happened</h2><button type="button" class="plain" aria-label="Close what happened" onClick=${onClose}>${icon('close')}</button></header>
    <p class="soft" role="status">From ${shortDate(secondsOf(result.from), UTC)} to ${shortDate(secondsOf(result.to), UTC)} UTC: ${result.happened.length === 0 ? 'nobody was sent anything.'
      : `${result.happened.length} ${result.happened.length === 1 ? 'message' : 'messages'}.`}</p>
    ${result.cut && html`<p>${icon('warning')} ${result.cut}</p>`}
    <ul>${result.happened.map((event) => {
      const person = world.people.get(event.person);
      const conversation = world.conversations.get(event.channel);
      return html`<li><button type="button" onClick=${() => goTo(event)}>
        <span class="happened-head"><strong>${person?.name ?? event.person}</strong><span class="soft">${shortDate(secondsOf(event.at), person?.tz)} ${zoneName(person?.tz)}
          ${conversation && person && !conversation.members.includes(appUser()) ? ` · ${conversationName(conversation, person)}` : ''}</span></span>
        <span>${withEmoji(unescaped(event.text ?? ''))}</span></button></li>`;
    })}</ul>
    ${result.next && html`<p class="soft">Next thing to happen: ${shortDate(secondsOf(result.next), UTC)} UTC.</p>`}
  </section>`;
}

export function Clock() {
  const seconds = useSeconds(1);
  const turns = useWorld((each) => each.clock.turns);
  const turning = useTurning();
  const result = useSelected(source, () => state.result);
  const open = useSelected(source, () => state.open);
  const [aim, setAim] = useState('');
  // Not disabled while it turns: the focus would get lost.
  const button = (text, how) => html`<button type="button" class="button" disabled=${!turns} aria-disabled=${turning ? 'true' : null} onClick=${() => turnClock(how)}>${text}</button>`;
  const goThere = (event) => {
    event.preventDefault();
    const moment = secondsAt(aim, UTC);
    if (moment === null) return;
    turnClock({ to: new Date(moment * 1000).toISOString() });
  };
  const shown = fieldOf(seconds, UTC);
  return html`<section class=${classes('clock', turning && 'turning')} data-clock aria-label="Clock" aria-busy=${turning ? 'true' : null}>
    <p class="clock-now">${icon('clock')}<time datetime=${new Date(seconds * 1000).toISOString()}>${shortDate(seconds, UTC)} <span class="soft">UTC, ${shown.slice(0, 4)}</span></time></p>
    <div class="clock-turns" role="group" aria-label="Turn the clock" aria-describedby=${turns ? null : 'clock-still'}>
      ${button('Next thing that happens', { next: true })}${button('+1 hour', { minutes: 60 })}${button('+1 day', { minutes: 1440 })}${button('+1 week', { minutes: 10080 })}
      <form class="clock-aim" onSubmit=${goThere}>
        <label class="visually-hidden" for="clock-aim">Go to (UTC)</label>
        <input id="clock-aim" type="datetime-local" value=${aim} min=${shown} disabled=${!turns || turning} onInput=${(event) => setAim(event.target.value)} />
        <button type="submit" class="button" disabled=${!turns || turning || !aim}>Go to</button>
      </form>
      ${!turns && html`<span class="soft small" id="clock-still">This workspace's clock runs by itself and cannot be turned here.</span>`}
      ${turning && html`<span class="clock-busy" role="status"><span class="spinner" aria-hidden="true"></span>Turning …</span>
        <button type="button" class="button" onClick=${() => attempt('clock/stop', {})}>Stop</button>`}
      ${result && !open && html`<button type="button" class="button quiet" onClick=${() => set({ open: true })}>What happened</button>`}
    </div>
    <${Happened} />
  </section>`;
}
