// The guided tour: a card above the panes that says what to try, can do it, and notices when it has happened.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { icon } from './icons.js';
import { mrkdwn } from './mrkdwn.js';
import { deed } from './deeds.js';
import { toast } from './toasts.js';
import { listen, useWorld, visibleTo, world } from './store.js';
import { draftKey, draftOf, setDraft } from './drafts.js';
import { setTour, show, usePlace } from './place.js';
import { appConversation, typingPlace } from './people.js';
import { turnClock, turnUntil, useTurning } from './clock.js';

const NEWEST = 25;
const words = new WeakMap();

/** All texts in a value, one a line. Kept per object: messages do not change in place. */
function textsOf(value) {
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object') return '';
  let found = words.get(value);
  if (found === undefined) {
    found = (Array.isArray(value) ? value : Object.values(value)).map(textsOf).filter(Boolean).join('\n');
    words.set(value, found);
  }
  return found;
}

/** Whether a person has a text before them: newest messages of each conversation, modals, Home. */
function sees(handle, text) {
  const person = world.handles.get(handle);
  if (!person) return false;
  if (textsOf(world.homes.get(person.id)?.blocks).includes(text)) return true;
  for (const view of world.modals.get(person.id) ?? []) if (textsOf(view.title).includes(text) || textsOf(view.blocks).includes(text)) return true;
  for (const conversation of world.conversations.values()) {
    const channel = conversation.members.includes(person.id) && world.channels.get(conversation.id);
    if (!channel) continue;
    const newest = channel.roots.slice(-NEWEST);
    for (const replies of channel.threads.values()) newest.push(...replies.slice(-3));
    if (newest.some((message) => visibleTo(message, person.id) && textsOf(message).includes(text))) return true;
  }
  return false;
}

/** True once `done` is seen; `onDone` runs when that comes about, or at once on a step that another has led to. */
function useDone(step, index, led, onDone) {
  const [done, setDone] = useState(false);
  const arrived = useRef(onDone);
  arrived.current = onDone;
  useEffect(() => {
    setDone(false);
    if (!step?.done) return undefined;
    let finished = false;
    let timer = 0;
    const look = (atStart) => {
      timer = 0;
      if (finished || !sees(step.done.person, step.done.shows)) return;
      finished = true;
      setDone(true);
      if (!atStart || led) setTimeout(() => arrived.current(index), 1200);
    };
    look(true);
    const stop = listen(() => {
      if (!finished && !timer) timer = setTimeout(() => look(false), 250);
    });
    return () => {
      stop();
      clearTimeout(timer);
      finished = true;
    };
  }, [step, index]);
  return done;
}

/** First click: types it where that person can; second click: sends it. */
async function typeFor(step) {
  const person = world.handles.get(step.person);
  const channel = person && typingPlace(person);
  if (!channel) {
    toast('There is no conversation to type in. Start one first.', 'alert');
    return;
  }
  const key = draftKey(person.id, channel);
  const ready = draftOf(key) === step.types;
  show(person.handle, channel === appConversation(person)?.id ? 'messages' : channel);
  if (ready) {
    setDraft(key, '');
    try {
      await deed('says', { person: person.id, channel, text: step.types });
    } catch (error) {
      if (error.slack === 'unreachable') toast(error.message, 'alert');
    }
    return;
  }
  setDraft(key, step.types);
  setTimeout(() => {
    const field = document.querySelector(`[data-pane="${CSS.escape(person.handle)}"] [data-composer="${CSS.escape(channel)}"]`);
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, 80);
}

/** A step's words with *bold* and `code`; nobody is mentioned in them. */
const plainEye = { viewer: { id: '' }, zone: 'UTC', now: () => 0, mention: (id) => `@${id}`, channel: (id) => `#${id}`, person: () => undefined };

export function Tour() {
  const tour = useWorld((state) => state.tour);
  const at = usePlace((state) => state.tour);
  const open = usePlace((state) => state.tourOpen);
  const turning = useTurning();
  const index = Math.min(at, Math.max(0, tour.length - 1));
  const step = open ? tour[index] : null;
  // The step that the tour has gone to by itself, because the one before was done.
  const led = useRef(-1);
  const done = useDone(step, index, led.current === index, (finished) => {
    if (finished >= tour.length - 1 || finished !== shown.current) return;
    led.current = finished + 1;
    setTour(finished + 1);
  });
  const shown = useRef(index);
  shown.current = open ? index : -1;
  const goTo = (next, stays = true) => {
    led.current = -1;
    setTour(next, stays);
  };
  // Whose step it is stands in view.
  useEffect(() => {
    if (step?.person && world.handles.has(step.person)) show(step.person, step.place ?? undefined);
  }, [index, step?.person, step?.place]);
  if (!step) return null;
  const doIt = () => {
    if (step.types) typeFor(step);
    else if (step.turns !== 'next') turnClock({ minutes: Number(step.turns) });
    else if (!step.done || done) turnClock({ next: true });
    else turnUntil(() => sees(step.done.person, step.done.shows));
  };
  const last = index === tour.length - 1;
  const person = world.handles.get(step.person);
  return html`<aside class="tour" data-part data-tour aria-label="Guided tour">
    <div class="tour-step">
      <p class="soft small">Step ${index + 1} of ${tour.length}${person ? ` · as ${person.name}` : ''}</p>
      <h2>${done && html`<span class="done" role="img" aria-label="Done">${icon('check')}</span>`}${step.title}</h2>
    </div>
    <div class="text">${mrkdwn(step.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'), plainEye)}</div>
    <div class="tour-feet">
      ${(step.types || step.turns) && html`<button type="button" class="button primary" disabled=${turning} onClick=${doIt}>Do it for me</button>`}
      <button type="button" class="button" disabled=${index === 0} onClick=${() => goTo(index - 1)}>Back</button>
      ${last ? html`<button type="button" class="button" onClick=${() => goTo(index, false)}>Finish</button>`
        : html`<button type="button" class="button" onClick=${() => goTo(index + 1)}>Next</button>`}
      <button type="button" class="plain" aria-label="Close the tour" onClick=${() => goTo(index, false)}>${icon('close')}</button>
    </div>
    <p class="visually-hidden" role="status">${done ? `Done: ${step.title}` : ''}</p>
    <div class="tour-progress" aria-hidden="true"><span style=${{ width: `${((index + (done ? 1 : 0)) / tour.length) * 100}%` }}></span></div>
  </aside>`;
}
