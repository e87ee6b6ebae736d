// Buttons, overflow menus, feedback and icon buttons.
import { classes, html } from '../html.js';
import { icon } from '../icons.js';
import { Menu } from '../menu.js';
import { safeAddress } from '../mrkdwn.js';
import { plainText } from './text.js';
import { usePress } from './field.js';

export function Trouble({ text }) {
  if (!text) return null;
  return html`<span class="trouble" role="alert" title=${text}>${icon('warning')}<span class="trouble-text">${text}</span></span>`;
}

export function Button({ block, element }) {
  const { press, busy, trouble } = usePress(block, element);
  const address = element.url && safeAddress(element.url);
  const name = classes('button', element.style, busy && 'busy');
  const label = element.accessibility_label || null;
  // A button with an address opens it and tells the app, as Slack does.
  return html`<span class="button-with-trouble">${address
    ? html`<a class=${name} href=${address} target="_blank" rel="noopener noreferrer" aria-label=${label} onClick=${() => press()}>${plainText(element.text)}</a>`
    : html`<button type="button" class=${name} aria-label=${label} aria-busy=${busy ? 'true' : null}
        onClick=${() => busy || press()}>${plainText(element.text)}</button>`}
    <${Trouble} text=${trouble} /></span>`;
}

export function Overflow({ block, element }) {
  const { press, trouble, busy } = usePress(block, element);
  const items = (element.options ?? []).map((option) => ({
    text: plainText(option.text),
    description: option.description && plainText(option.description),
    href: option.url && safeAddress(option.url),
    run: () => press(option.value),
  }));
  return html`<span class="button-with-trouble">
    <${Menu} label="More actions" items=${items} className="button square" disabled=${busy}>${icon('more')}<//>
    <${Trouble} text=${trouble} /></span>`;
}

export function FeedbackButtons({ block, element }) {
  const { press, busy, trouble } = usePress(block, element);
  const kinds = ['positive_button', 'negative_button'].filter((kind) => element[kind]);
  return html`<span class="button-with-trouble">${kinds.map((kind) => html`<button type="button" class="button" disabled=${busy}
    aria-label=${element[kind].accessibility_label} onClick=${() => press(element[kind].value)}>${plainText(element[kind].text)}</button>`)}
    <${Trouble} text=${trouble} /></span>`;
}

export function IconButton({ block, element }) {
  const { press, busy, trouble, around } = usePress(block, element);
  if (element.visible_to_user_ids && !element.visible_to_user_ids.includes(around.eye.viewer.id)) return null;
  return html`<span class="button-with-trouble"><button type="button" class="button" disabled=${busy}
    aria-label=${element.accessibility_label} onClick=${() => press()}>${element.icon === 'trash' && icon('trash')} ${plainText(element.text)}</button>
    <${Trouble} text=${trouble} /></span>`;
}
