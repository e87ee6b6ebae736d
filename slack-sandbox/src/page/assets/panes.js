// One person's Slack: header with their name and time, sidebar, what stands open, thread, modals. Which panes
// there are is place.js's.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { classes, html } from './html.js';
import { icon } from './icons.js';
import { Combobox } from './combobox.js';
import { unreadCount, useWorld, world } from './store.js';
import { useEye, useSeconds } from './tick.js';
import { fullDate, timeOf, zoneName } from './dates.js';
import { closePane, go, switchPerson, usePlace } from './place.js';
import { appConversation, Avatar, conversationName, isActor, kindName, peopleOptions } from './people.js';
import { Sidebar } from './sidebar.js';
import { AppView } from './home.js';
import { MessageList, useReading } from './conversation.js';
import { Composer } from './composer.js';
import { Thread } from './thread.js';
import { Modals, useModals } from './modal.js';

function LocalTime({ person }) {
  const seconds = useSeconds(60);
  return html`<span class="local-time" title=${fullDate(seconds, person.tz)}>${person.tz ? `${zoneName(person.tz)}, ` : 'No time zone, '}${timeOf(seconds, person.tz)}</span>`;
}

/** What is unread in all places but the one that stands open. */
function unreadElsewhere(person, here) {
  let count = 0;
  for (const conversation of world.conversations.values()) {
    if (conversation.id !== here && conversation.members.includes(person.id)) count += unreadCount(person.id, conversation.id);
  }
  return count;
}

function PaneHeader({ pane, person, alone, menu, onMenu, narrow, here }) {
  const version = useWorld((state) => state.peopleVersion);
  const options = useMemo(() => peopleOptions(isActor), [version]);
  const kind = kindName(person);
  const unread = useWorld(() => (narrow ? unreadElsewhere(person, here) : 0));
  return html`<header class="pane-head">
    ${narrow && html`<button type="button" class="plain places-button" aria-label="All places of ${person.name}${unread > 0 ? `, ${unread} unread` : ''}" aria-expanded=${menu} onClick=${onMenu}>${icon('menu')}
      ${unread > 0 && html`<span class="badge" aria-hidden="true">${unread > 99 ? '99+' : unread}</span>`}</button>`}
    <${Combobox} className="person-choice" label="Person in this pane" options=${options}
      selected=${[{ value: person.id, text: person.name, before: html`<${Avatar} person=${person} size="small" />` }]}
      onChange=${([option]) => switchPerson(pane.key, world.people.get(option.value).handle)} />
    ${kind && html`<span class="kind">${kind}</span>`}
    <${LocalTime} person=${person} />
    ${!alone && html`<button type="button" class="plain" aria-label="Close the pane of ${person.name}" onClick=${() => closePane(pane.key)}>${icon('close')}</button>`}
  </header>`;
}

function Conversation({ eye, conversation, onThread }) {
  useReading(eye.viewer.id, conversation.id);
  const name = conversationName(conversation, eye.viewer);
  const channel = conversation.kind.endsWith('channel');
  const shown = channel ? `#${name}` : name;
  const people = conversation.members.map((id) => world.people.get(id)?.name ?? id).join(', ');
  return html`<section class="place-view" aria-label="${shown} of ${eye.viewer.name}">
    <header class="bar"><h3>${shown}</h3>
      <span class="soft small members" title=${people}>${conversation.members.length} ${conversation.members.length === 1 ? 'person' : 'people'}</span></header>
    <div class="conversation">
      <${MessageList} key=${conversation.id} eye=${eye} channelId=${conversation.id} onThread=${onThread} />
      <${Composer} key=${eye.viewer.id + conversation.id} eye=${eye} channelId=${conversation.id} name=${shown} />
    </div>
  </section>`;
}

const NARROW = 520;
const MIDDLE = 860;

/** How wide the pane is, in words: the page may hold one pane or three. */
function useWidth(box) {
  const [width, setWidth] = useState('wide');
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      const size = entry.contentRect.width;
      setWidth(size < NARROW ? 'narrow' : size < MIDDLE ? 'middle' : 'wide');
    });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return width;
}

function Pane({ pane, person, alone }) {
  const eye = useEye(person);
  const version = useWorld((state) => state.conversationsVersion);
  const workspace = useWorld((state) => state.workspace);
  const stack = useModals(person.id);
  const box = useRef(null);
  const opener = useRef(null);
  const width = useWidth(box);
  const [menu, setMenu] = useState(false);
  const narrow = width === 'narrow';

  // Where the focus was when a modal opened, to give it back.
  const open = stack.length > 0;
  useEffect(() => {
    if (open) {
      opener.current = opener.current ?? document.activeElement;
      return;
    }
    const before = opener.current;
    opener.current = null;
    if (!before || (document.activeElement !== document.body && document.activeElement)) return;
    if (before.isConnected && before !== document.body) before.focus();
    else box.current?.querySelector('[data-composer]')?.focus();
  }, [open]);
  const noteFocus = (event) => {
    if (!open) opener.current = event.target;
  };

  const app = useMemo(() => appConversation(person), [person, version]);
  const known = world.conversations.get(pane.at);
  let { at } = pane;
  if (app && at === app.id) at = 'messages';
  const conversation = known && known.members.includes(person.id) && at !== 'messages' ? known : null;
  if (!conversation && !['home', 'messages', 'about'].includes(at)) at = 'home';
  if (at === 'home' && !workspace.home_tab) at = workspace.messages_tab ? 'messages' : 'about';

  useEffect(() => {
    if (menu) box.current.querySelector('.sidebar [aria-current], .sidebar .place')?.focus();
  }, [menu]);
  const onMenuKey = (event) => {
    if (event.key !== 'Escape' || !menu || event.defaultPrevented) return;
    setMenu(false);
    box.current.querySelector('.pane-head button')?.focus();
  };
  const onGo = (next) => {
    setMenu(false);
    go(pane.key, next);
  };
  const channelId = conversation?.id ?? (at === 'messages' ? app?.id : null);
  const onThread = useMemo(() => (ts) => go(pane.key, at, ts), [pane.key, at]);
  const thread = channelId && pane.thread;
  return html`<section class=${classes('pane', width, menu && 'menu-open', thread && 'with-thread')} data-pane=${person.handle} data-part ref=${box}
    aria-label="Slack of ${person.name}" onFocusIn=${noteFocus} onKeyDown=${onMenuKey}>
    <h2 class="visually-hidden">${person.name}</h2>
    <${PaneHeader} pane=${pane} person=${person} alone=${alone} narrow=${narrow} menu=${menu} onMenu=${() => setMenu(!menu)} here=${channelId} />
    <div class="pane-frame"><div class="pane-body" inert=${open}>
      ${(!narrow || menu) && html`<${Sidebar} person=${person} at=${conversation?.id ?? at} onGo=${onGo} />`}
      ${conversation
        ? html`<${Conversation} key=${person.id} eye=${eye} conversation=${conversation} onThread=${onThread} />`
        : html`<${AppView} key=${person.id} eye=${eye} at=${at} onGo=${onGo} onThread=${onThread} />`}
      ${thread && html`<${Thread} key=${channelId + thread} eye=${eye} channelId=${channelId} thread=${thread}
        silent=${at === 'messages' && workspace.read_only_messages} onClose=${() => go(pane.key, at)} />`}
    </div>
    ${open && html`<${Modals} eye=${eye} stack=${stack} />`}</div>
  </section>`;
}

export function Panes() {
  const panes = usePlace((state) => state.panes);
  const room = usePlace((state) => state.room);
  useWorld((state) => state.peopleVersion);
  const shown = panes.slice(0, room).filter((pane) => world.handles.has(pane.handle));
  return html`<div class="panes">${shown.map((pane) => html`<${Pane} key=${pane.key} pane=${pane} person=${world.handles.get(pane.handle)} alone=${panes.length === 1} />`)}
    ${shown.length === 0 && html`<p class="empty">Choose a person above to see their Slack.</p>`}</div>`;
}
