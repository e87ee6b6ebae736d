// Rich text blocks and cells: sections, lists, quotes, preformatted parts and their inline pieces.
import { html } from '../html.js';
import { link, mention, Moment, unescaped } from '../mrkdwn.js';
import { emojiOf } from '../emoji.js';

function styled(node, style) {
  let out = node;
  if (style?.code) out = html`<code>${out}</code>`;
  if (style?.bold) out = html`<strong>${out}</strong>`;
  if (style?.italic) out = html`<em>${out}</em>`;
  if (style?.strike) out = html`<s>${out}</s>`;
  if (style?.underline) out = html`<u>${out}</u>`;
  if (style?.highlight) out = html`<mark>${out}</mark>`;
  return out;
}

function broken(text) {
  return text.split('\n').flatMap((line, index) => (index > 0 ? [html`<br />`, line] : [line]));
}

function emoji(piece) {
  const characters = piece.unicode
    ? String.fromCodePoint(...piece.unicode.split('-').map((code) => Number.parseInt(code, 16)))
    : emojiOf(piece.name);
  if (!characters) return `:${piece.name}:`;
  return html`<span role="img" aria-label=${piece.name.replaceAll('_', ' ')}>${characters}</span>`;
}

const HEX = /^#[0-9a-f]{3,8}$/i;

function piece(element, eye) {
  switch (element.type) {
    case 'text': return broken(element.text ?? '');
    case 'user': return mention(element.user_id, eye);
    case 'channel': return html`<span class="mention">${eye.channel(element.channel_id)}</span>`;
    case 'usergroup': return html`<span class="mention">@${element.usergroup_id}</span>`;
    case 'broadcast': return html`<span class="mention">@${element.range}</span>`;
    case 'emoji': return emoji(element);
    case 'color': return html`<span class="colour">
      ${HEX.test(element.value) && html`<span class="swatch" style=${{ background: element.value }}></span>`}${element.value}
    </span>`;
    case 'link':
    case 'message_mention': return link(element.url ?? '', element.text || element.url);
    case 'date': return html`<${Moment} at=${element.timestamp} format=${element.format ?? ''} eye=${eye} fallback=${element.fallback ?? ''} address=${element.url} />`;
    default: return unescaped(element.text ?? '');
  }
}

function pieces(section, eye) {
  return (section.elements ?? []).map((element) => styled(piece(element, eye), element.style));
}

function part(element, eye) {
  switch (element.type) {
    case 'rich_text_list': {
      const tag = element.style === 'ordered' ? 'ol' : 'ul';
      return html`<${tag} class="indent-${Math.min(8, element.indent ?? 0)}" start=${tag === 'ol' ? (element.offset ?? 0) + 1 : null}>
        ${(element.elements ?? []).map((item) => html`<li>${pieces(item, eye)}</li>`)}
      <//>`;
    }
    case 'rich_text_quote': return html`<blockquote>${pieces(element, eye)}</blockquote>`;
    case 'rich_text_preformatted': return html`<pre tabindex="0">${pieces(element, eye)}</pre>`;
    default: return html`<p>${pieces(element, eye)}</p>`;
  }
}

export function RichText({ block, eye }) {
  return html`<div class="rich-text text">${(block?.elements ?? []).map((element) => part(element, eye))}</div>`;
}
