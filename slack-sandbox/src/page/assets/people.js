// People and conversations by name: avatars, names, lists to choose from, and the dialog that starts a new
// conversation. It knows who there is, not what they say.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { classes, html } from './html.js';
import { Combobox } from './combobox.js';
import { attempt } from './deeds.js';
import { appUser, world } from './store.js';

const COLOURS = ['#8a3b52', '#7a4a1e', '#5c5f12', '#2f6b3a', '#14666a', '#205f94', '#4a53a8', '#73449c', '#93376c', '#56606e'];

/** A colour that stays with a person: from the id, so it never depends on who else is there. */
function colourOf(id) {
  let sum = 7;
  for (const character of id) sum = (sum * 31 + character.codePointAt(0)) % 100_003;
  return COLOURS[sum % COLOURS.length];
}

function initials(name) {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '').join('').toUpperCase();
}

export function Avatar({ person, size = 'middle' }) {
  if (!person) return html`<span class="avatar ${size}" aria-hidden="true">?</span>`;
  return html`<span class=${classes('avatar', size, (person.app || person.kind === 'bot') && 'app')} aria-hidden="true"
    style=${{ background: colourOf(person.id) }}>${initials(person.name)}</span>`;
}

const KINDS = { guest: 'guest', single_channel_guest: 'guest of one channel', stranger: 'external', deactivated: 'deactivated', bot: 'app' };
export const kindName = (person) => (person.app ? 'app' : KINDS[person.kind] ?? '');

/** Who can sit at a Slack of their own. */
export const isActor = (person) => !person.app && person.kind !== 'bot' && person.kind !== 'deactivated' && person.id !== 'USLACKBOT';

export function peopleOptions(keep) {
  return [...world.people.values()].filter(keep).map((person) => ({
    value: person.id,
    text: person.name,
    description: [`@${person.handle}`, kindName(person), person.title].filter(Boolean).join(' · '),
    search: person.handle,
    before: html`<${Avatar} person=${person} size="small" />`,
  }));
}

/** What a person sees as a conversation's name. */
export function conversationName(conversation, viewer) {
  if (conversation.kind.endsWith('channel')) return conversation.name;
  const others = conversation.members.filter((id) => id !== viewer.id).map((id) => world.people.get(id)?.name ?? id);
  return others.length > 0 ? others.join(', ') : `${viewer.name} (you)`;
}

/** The direct message of a person with the app. */
export function appConversation(person) {
  for (const conversation of world.conversations.values()) {
    if (conversation.kind === 'im' && conversation.members.includes(person.id) && conversation.members.includes(appUser())) return conversation;
  }
  return null;
}

/** Where a person can type a command: their note to self, a channel, any other conversation. */
export function typingPlace(person) {
  const app = appConversation(person);
  if (app && !world.workspace.read_only_messages) return app.id;
  const own = [...world.conversations.values()].filter((each) => each.members.includes(person.id) && each !== app);
  const found = own.find((each) => each.kind === 'im' && each.members.every((id) => id === person.id))
    ?? own.find((each) => each.kind.endsWith('channel')) ?? own[0];
  return found?.id ?? null;
}

/** Chooses people and opens the conversation with them. */
export function NewConversation({ person, onClose, onOpen }) {
  const [chosen, setChosen] = useState([]);
  const [busy, setBusy] = useState(false);
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  const options = useMemo(() => peopleOptions((other) => other.id !== person.id && other.kind !== 'deactivated'), []);
  const start = async (event) => {
    event.preventDefault();
    if (chosen.length === 0) return;
    setBusy(true);
    const answer = await attempt('meets', { person: person.id, users: chosen.map((option) => option.value) });
    setBusy(false);
    if (answer) onOpen(answer.channel);
  };
  return html`<dialog ref=${dialog} class="ask" aria-labelledby="meets-title" onClose=${onClose}>
    <form onSubmit=${start}>
      <h2 id="meets-title">New message</h2>
      <label class="label" for="meets-people">With whom?</label>
      <${Combobox} id="meets-people" label="With whom?" multi max=${8} options=${options} selected=${chosen} onChange=${setChosen} placeholder="Name or handle" />
      <div class="ask-feet">
        <button type="button" class="button" onClick=${() => dialog.current.close()}>Cancel</button>
        <button type="submit" class="button primary" disabled=${busy || chosen.length === 0}>Start</button>
      </div>
    </form>
  </dialog>`;
}
