// The list of a pane's places: the app, channels, direct messages, with what is unread.
import { useMemo, useState } from 'preact/hooks';
import { classes, html, memo } from './html.js';
import { icon } from './icons.js';
import { unreadCount, useWorld, world } from './store.js';
import { appConversation, Avatar, conversationName, NewConversation } from './people.js';

const Place = memo(({ name, channel, person, current, onGo, at, before }) => {
  const unread = useWorld(() => (channel ? unreadCount(person, channel) : 0));
  // What stands open is being read already.
  const shown = current ? 0 : unread;
  return html`<li><button type="button" class=${classes('place', current && 'current', shown > 0 && 'unread')} data-channel=${channel}
    aria-current=${current ? 'page' : null} onClick=${() => onGo(at)}>
    ${before}<span class="place-name" title=${name}>${name}</span>
    ${shown > 0 && html`<span class="badge"><span aria-hidden="true">${shown > 99 ? '99+' : shown}</span><span class="visually-hidden"> ${shown} unread</span></span>`}
  </button></li>`;
});

function sorted(conversations, person) {
  return conversations
    .map((conversation) => ({ conversation, name: conversationName(conversation, person) }))
    .sort((left, right) => left.name.localeCompare(right.name));
}

export function Sidebar({ person, at, onGo }) {
  const version = useWorld((state) => state.conversationsVersion);
  const peopleVersion = useWorld((state) => state.peopleVersion);
  const workspace = useWorld((state) => state.workspace);
  const [meeting, setMeeting] = useState(false);
  const groups = useMemo(() => {
    const app = appConversation(person);
    const own = [...world.conversations.values()].filter((each) => each.members.includes(person.id) && each !== app);
    return {
      app,
      channels: sorted(own.filter((each) => each.kind.endsWith('channel')), person),
      direct: sorted(own.filter((each) => each.kind === 'im'), person),
      groups: sorted(own.filter((each) => each.kind === 'mpim'), person),
    };
  }, [person, version, peopleVersion]);
  const list = (title, places, sign) => places.length > 0 && html`<section>
    <h3>${title}</h3>
    <ul>${places.map(({ conversation, name }) => html`<${Place} key=${conversation.id} name=${name} channel=${conversation.id} at=${conversation.id}
      person=${person.id} current=${at === conversation.id} onGo=${onGo} before=${sign(conversation)} />`)}</ul>
  </section>`;
  const hash = (conversation) => (conversation.kind === 'public_channel' ? HASH : LOCK);
  const face = (conversation) => {
    const other = conversation.members.find((id) => id !== person.id) ?? person.id;
    return conversation.kind === 'mpim' ? GROUP : faceOf(other);
  };
  return html`<nav class="sidebar" aria-label="Places of ${person.name}">
    <section>
      <h3>${workspace.app.name}</h3>
      <ul>
        ${workspace.home_tab && html`<${Place} name="Home" at="home" current=${at === 'home' || at === 'about'} person=${person.id} onGo=${onGo} before=${HOME} />`}
        ${workspace.messages_tab && html`<${Place} name="Messages" at="messages" channel=${groups.app?.id} current=${at === 'messages'} person=${person.id} onGo=${onGo} before=${TALK} />`}
      </ul>
    </section>
    ${list('Channels', groups.channels, hash)}
    ${list('Direct messages', groups.direct, face)}
    ${list('Group messages', groups.groups, face)}
    <button type="button" class="place start" onClick=${() => setMeeting(true)}>${icon('plus')}<span class="place-name">New message</span></button>
    ${meeting && html`<${NewConversation} person=${person} onClose=${() => setMeeting(false)}
      onOpen=${(channel) => { setMeeting(false); onGo(channel === groups.app?.id ? 'messages' : channel); }} />`}
  </nav>`;
}

// Made once, so that the memo of a place sees the same object.
const HASH = html`<span class="sign" aria-hidden="true">#</span>`;
const LOCK = html`<span class="sign" aria-label="private">◆</span>`;
const GROUP = html`<span class="sign">${icon('person')}</span>`;
const HOME = html`<span class="sign">${icon('home')}</span>`;
const TALK = html`<span class="sign">${icon('reply')}</span>`;
const faces = new Map();
function faceOf(id) {
  const person = world.people.get(id);
  const known = faces.get(id);
  if (known && known.person === person) return known.face;
  const face = html`<${Avatar} person=${person} size="small" />`;
  faces.set(id, { person, face });
  return face;
}
