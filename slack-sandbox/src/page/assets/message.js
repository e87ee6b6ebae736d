// One message as one person sees it: who, when, text or blocks, files, reactions, replies, and its menu.
import { useState } from 'preact/hooks';
import { classes, html, memo } from './html.js';
import { icon } from './icons.js';
import { Menu } from './menu.js';
import { mrkdwn, safeAddress } from './mrkdwn.js';
import { emojiOf } from './emoji.js';
import { fullDate, timeOf } from './dates.js';
import { attempt } from './deeds.js';
import { toast } from './toasts.js';
import { useWorld, world } from './store.js';
import { Avatar } from './people.js';
import { Blocks } from './blocks/blocks.js';

const secondsOf = (ts) => Number(ts.split('.')[0]);

function size(bytes) {
  if (!bytes) return '';
  return bytes < 1024 ? `${bytes} B` : bytes < 1_048_576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

function Files({ files }) {
  if (!files?.length) return null;
  return html`<ul class="files">${files.map((file) => html`<li key=${file.id}><a class="file" href=${safeAddress(file.address ?? file.permalink ?? '')} download=${file.name} target="_blank" rel="noopener">
    ${icon('file')}<span>${file.title || file.name}<small>${[file.title && file.title !== file.name ? file.name : '', size(file.size)].filter(Boolean).join(' · ')}</small></span></a></li>`)}</ul>`;
}

function Reactions({ names }) {
  if (!names?.length) return null;
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return html`<ul class="reactions" aria-label="Reactions">${[...counts].map(([name, count]) => html`<li key=${name} title=":${name}:">
    <span role="img" aria-label=${name.replaceAll('_', ' ')}>${emojiOf(name) ?? `:${name}:`}</span> ${count}</li>`)}</ul>`;
}

async function copy(row) {
  const text = row?.querySelector('.message-body')?.innerText ?? '';
  try {
    await navigator.clipboard.writeText(text);
    toast('Copied.');
  } catch {
    toast('The browser did not allow copying.', 'alert');
  }
}

function Actions({ message, person, onThread }) {
  const shortcuts = useWorld((state) => state.workspace.shortcuts);
  const [open, setOpen] = useState(false);
  const pointer = { channel: message.channel, ts: message.ts };
  const items = [
    ...(message.ephemeral_to ? [] : shortcuts.filter((shortcut) => shortcut.type === 'message')).map((shortcut) => ({
      text: shortcut.name,
      description: `${world.workspace.app.name}${shortcut.description ? ` · ${shortcut.description}` : ''}`,
      run: () => attempt('shortcut', { person, callback_id: shortcut.callback_id, message: pointer }),
    })),
    { text: 'Copy text', run: () => copy(document.activeElement?.closest('[data-message]')) },
  ];
  return html`<div class=${classes('message-actions', open && 'open')}>
    ${onThread && !message.ephemeral_to && html`<button type="button" class="plain" aria-label="Reply in thread" title="Reply in thread" onClick=${() => onThread(message.ts)}>${icon('reply')}</button>`}
    <${Menu} label="More actions for this message" items=${items} onToggle=${setOpen} className="plain">${icon('more')}<//>
  </div>`;
}

/** `compact` leaves out the name of somebody who just spoke; `replies` and `last` are the thread below. */
export const Message = memo(({ message, eye, compact, replies, last, onThread, focused }) => {
  const sender = eye.person(message.user);
  const seconds = secondsOf(message.ts);
  const time = timeOf(seconds, eye.zone);
  const full = fullDate(seconds, eye.zone);
  const app = message.by_app || sender?.app;
  const name = sender?.name ?? message.user;
  const edited = message.edited_ts && html`<span class="soft small edited"> (edited)</span>`;
  return html`<article class=${classes('message', compact && 'compact', message.ephemeral_to && 'ephemeral', focused && 'focused')} data-message=${message.ts}
    aria-label="${name}, ${time}">
    <div class="message-side">${compact ? html`<time class="message-time" title=${full}>${time.replace(/ [AP]M/, '')}</time>` : html`<${Avatar} person=${sender} />`}</div>
    <div class="message-main">
      ${message.ephemeral_to && html`<p class="only-you">${icon('eye')} Only visible to you</p>`}
      ${!compact && html`<header><span class="sender">${name}</span>${app && html`<span class="app-badge">APP</span>`}
        <time class="message-time" title=${full}>${time}</time></header>`}
      <div class="message-body">
        ${message.blocks?.length > 0
          ? html`<${Blocks} blocks=${message.blocks} surface="message" target=${{ channel: message.channel, ts: message.ts }} eye=${eye} values=${message.states?.[eye.viewer.id]} />${edited}`
          : message.text && html`<div class="text">${mrkdwn(message.text, eye)}${edited}</div>`}
        <${Files} files=${message.files} />
      </div>
      <${Reactions} names=${message.reactions} />
      ${replies > 0 && onThread && html`<button type="button" class="thread-link" onClick=${() => onThread(message.ts)}>
        ${icon('reply')} ${replies} ${replies === 1 ? 'reply' : 'replies'}<span class="soft">last ${timeOf(secondsOf(last), eye.zone)}</span></button>`}
    </div>
    <${Actions} message=${message} person=${eye.viewer.id} onThread=${onThread} />
  </article>`;
});
