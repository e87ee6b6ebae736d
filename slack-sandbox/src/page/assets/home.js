// The app's own places in a person's Slack: the tabs Home, Messages and About. It tells the app which of them
// was opened; what Home shows is the app's.
import { useEffect } from 'preact/hooks';
import { html } from './html.js';
import { deed } from './deeds.js';
import { toast } from './toasts.js';
import { appUser, useWorld, world } from './store.js';
import { appConversation, Avatar, typingPlace } from './people.js';
import { MessageList, useReading } from './conversation.js';
import { Composer } from './composer.js';
import { Blocks } from './blocks/blocks.js';

/** Says to the app that somebody looks; again when the app comes back. */
function useOpening(person, tab) {
  const connected = useWorld((state) => state.connections > 0);
  useEffect(() => {
    if (!connected) return;
    // An app that answers with nothing, or not at all, is no trouble of who looks.
    deed('opens', { person, tab }).catch(() => {});
  }, [person, tab, connected]);
}

function HomeTab({ eye }) {
  const person = eye.viewer.id;
  const view = useWorld((state) => state.homes.get(person));
  useOpening(person, 'home');
  return html`<div class="scroll" tabindex="0" role="tabpanel" id="panel-${person}" aria-label="Home">
    ${view?.blocks?.length > 0
      ? html`<${Blocks} key=${view.id} blocks=${view.blocks} surface="home" target=${{ view: view.id }} eye=${eye} values=${view.values} errors=${view.errors} />`
      : html`<p class="empty">This app has no Home yet.</p>`}
  </div>`;
}

function MessagesTab({ eye, onGo, onThread }) {
  const person = eye.viewer;
  useOpening(person.id, 'messages');
  useWorld((state) => state.conversationsVersion);
  const workspace = useWorld((state) => state.workspace);
  const conversation = appConversation(person);
  useReading(person.id, conversation?.id ?? '');
  const elsewhere = () => {
    const found = typingPlace(person);
    if (found) onGo(found);
    else toast(`${person.name} is in no other conversation yet. Start one first.`, 'alert');
  };
  return html`<div class="conversation" role="tabpanel" id="panel-${person.id}" aria-label="Messages">
    ${conversation ? html`<${MessageList} key=${conversation.id} eye=${eye} channelId=${conversation.id} onThread=${onThread} />`
      : html`<p class="empty">The app has not written yet.</p>`}
    ${workspace.read_only_messages
      ? html`<div class="read-only"><p>Sending messages to this app has been turned off.</p>
          <button type="button" class="button" onClick=${elsewhere}>Type a command elsewhere</button></div>`
      : conversation && html`<${Composer} key=${conversation.id} eye=${eye} channelId=${conversation.id} name=${workspace.app.name} />`}
  </div>`;
}

function AboutTab({ eye }) {
  const { app, commands, shortcuts } = useWorld((state) => state.workspace);
  return html`<div class="scroll about" tabindex="0" role="tabpanel" id="panel-${eye.viewer.id}" aria-label="About">
    <h4>${app.name}</h4>
    <p>${app.description || 'This app has no description.'}</p>
    <h5>Commands</h5>
    ${commands.length > 0
      ? html`<dl>${commands.map((each) => html`<dt><code>${each.command} ${each.usage_hint}</code></dt><dd>${each.description}</dd>`)}</dl>`
      : html`<p class="soft">None.</p>`}
    ${shortcuts.length > 0 && html`<h5>Shortcuts</h5>
      <dl>${shortcuts.map((each) => html`<dt>${each.name}</dt><dd>${each.description} <span class="soft">${each.type === 'message' ? 'In the menu of a message.' : 'In the shortcuts beside the message field.'}</span></dd>`)}</dl>`}
  </div>`;
}

export function AppView({ eye, at, onGo, onThread }) {
  const workspace = useWorld((state) => state.workspace);
  const tabs = [workspace.home_tab && ['home', 'Home'], workspace.messages_tab && ['messages', 'Messages'], ['about', 'About']].filter(Boolean);
  const person = eye.viewer.id;
  const onKeyDown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: tabs.length - 1 }[event.key];
    if (!step) return;
    const index = (tabs.findIndex(([name]) => name === at) + step) % tabs.length;
    onGo(tabs[index][0]);
    event.currentTarget.children[index].focus();
  };
  return html`<section class="place-view" aria-label="${workspace.app.name} of ${eye.viewer.name}">
    <header class="bar app-bar"><${Avatar} person=${world.people.get(appUser())} size="small" /><h3>${workspace.app.name}</h3>
      <div class="tabs" role="tablist" aria-label="Parts of ${workspace.app.name}, ${eye.viewer.name}" onKeyDown=${onKeyDown}>
        ${tabs.map(([name, text]) => html`<button type="button" role="tab" aria-selected=${name === at} aria-controls=${name === at ? `panel-${person}` : null}
          tabindex=${name === at ? 0 : -1} onClick=${() => onGo(name)}>${text}</button>`)}
      </div></header>
    ${at === 'home' ? html`<${HomeTab} key=${person} eye=${eye} />` : at === 'messages'
      ? html`<${MessagesTab} key=${person} eye=${eye} onGo=${onGo} onThread=${onThread} />` : html`<${AboutTab} eye=${eye} />`}
  </section>`;
}

