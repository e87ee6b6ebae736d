// Text objects and the blocks that only show text and pictures: section, header, context, divider, image.
// What can be clicked or filled in comes from the other modules here.
import { classes, html } from '../html.js';
import { link, mrkdwn, unescaped } from '../mrkdwn.js';
import { withEmoji } from '../emoji.js';

/** What a text object says, as plain text (for names of controls). */
export function plainText(object) {
  if (typeof object === 'string') return object;
  const text = unescaped(object?.text ?? '');
  return object?.emoji === false ? text : withEmoji(text);
}

/** A text object as nodes. */
export function textObject(object, eye) {
  if (object?.type === 'mrkdwn') return mrkdwn(object.text ?? '', eye);
  return plainText(object);
}

export function Header({ block, surface }) {
  const level = Math.min(4, Math.max(1, block.level ?? 2));
  // Under the headings of the page and of the message or dialog around it.
  const tag = `h${Math.min(6, level + (surface === 'home' ? 3 : 4) - (block.level ? 0 : 1))}`;
  return html`<${tag} class="block-header level-${level}">${textObject(block.text)}<//>`;
}

/** Whether the page may show a picture itself: it asks nobody else for anything. */
function isNear(source) {
  try {
    const address = new URL(source, location.href);
    return address.protocol === 'data:' || address.origin === location.origin;
  } catch {
    return false;
  }
}

/** A picture, or in the place of one from elsewhere what it shows and where it is. */
function Image({ source, alt, small }) {
  if (isNear(source)) return html`<img src=${source} alt=${alt} loading="lazy" class=${small ? 'picture small' : 'picture'} />`;
  return html`<span class=${classes('picture elsewhere', small && 'small')} role="img" aria-label=${alt || 'Picture'} title=${source}>
    <span aria-hidden="true">${alt || 'Picture'}</span>${!small && html`<small aria-hidden="true">${source}</small>`}</span>`;
}

export function Picture({ block, small }) {
  const shown = html`<${Image} source=${block.image_url ?? block.slack_file?.url ?? ''} alt=${block.alt_text ?? ''} small=${small} />`;
  if (small) return shown;
  return html`<figure class="block-image">
    ${block.title && html`<figcaption>${plainText(block.title)}</figcaption>`}${shown}
  </figure>`;
}

export function Section({ block, eye, accessory }) {
  return html`<div class="block-section">
    <div class="block-section-text">
      ${block.text && html`<div class="text">${textObject(block.text, eye)}</div>`}
      ${block.fields?.length > 0 && html`<div class="block-fields">
        ${block.fields.map((field) => html`<div class="text">${textObject(field, eye)}</div>`)}
      </div>`}
    </div>
    ${accessory && html`<div class="block-accessory">${accessory}</div>`}
  </div>`;
}

export function ContextLine({ block, eye }) {
  return html`<div class="block-context">
    ${(block.elements ?? []).map((part) => (part.type === 'image'
      ? html`<${Picture} block=${part} small />`
      : html`<span class="text">${textObject(part, eye)}</span>`))}
  </div>`;
}

export function Video({ block }) {
  const title = plainText(block.title);
  return html`<div class="block-card">
    <p class="block-card-title">
      ${block.title_url ? link(block.title_url, title) : title}
    </p>
    ${block.description && html`<p>${plainText(block.description)}</p>`}
    <p class="soft">${[block.provider_name, block.author_name].filter(Boolean).join(' · ')}</p>
    ${block.thumbnail_url && html`<${Image} source=${block.thumbnail_url} alt=${block.alt_text ?? ''} />`}
  </div>`;
}

/** A block this page does not know, so that nothing is lost silently. */
export function UnknownBlock({ block }) {
  return html`<div class="block-unknown">
    <p>Block type <code>${block.type ?? '(none)'}</code> is not drawn here.</p>
    <details><summary>Its content</summary><pre tabindex="0">${JSON.stringify(block, null, 2)}</pre></details>
  </div>`;
}
