// Slack's mrkdwn as nodes: formatting, links, mentions, dates, emoji. Only nodes are built, never HTML from
// text, so nothing that a person types can become markup.
import { html } from './html.js';
import { dateToken } from './dates.js';
import { useSeconds } from './tick.js';
import { emojiOf } from './emoji.js';

export const unescaped = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Addresses that may become links; anything else (javascript:, data:) stays text. */
export function safeAddress(address) {
  return /^(https?:\/\/|mailto:|tel:|slack:|\/page\/files\/)/i.test(address) ? address : null;
}

export function link(address, shown, key) {
  const safe = safeAddress(address);
  if (!safe) return shown;
  return html`<a key=${key} href=${safe} target="_blank" rel="noopener noreferrer">${shown}</a>`;
}

export function mention(id, eye) {
  const person = eye.person(id);
  const own = id === eye.viewer.id;
  return html`<span class=${own ? 'mention own' : 'mention'} title=${person?.name}>${eye.mention(id)}</span>`;
}

const DAY = 86_400;

/** A moment in the reader's own words; how long ago it was goes on while it stands there. */
export function Moment({ at, format, eye, fallback, address }) {
  useSeconds(format.includes('{ago}') ? 1 : DAY);
  const text = dateToken(at, format, eye) ?? fallback;
  return html`<time class="moment">${address ? link(address, text) : text}</time>`;
}

const special = (text) => html`<span class="mention">${text}</span>`;

function token(inner, eye) {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const shown = bar < 0 ? null : unescaped(inner.slice(bar + 1));
  if (target.startsWith('@')) return mention(target.slice(1), eye);
  if (target.startsWith('#')) return special(eye.channel(target.slice(1)));
  if (target.startsWith('!date^')) {
    const [at, format, ...rest] = target.slice('!date^'.length).split('^');
    // Without a number or a format it is no moment, and the fallback stands there.
    const readable = /^-?\d+$/.test(at) && format !== undefined;
    return html`<${Moment} at=${readable ? at : Number.NaN} format=${format ?? ''} eye=${eye} fallback=${shown ?? target.slice(1)} address=${rest.join('^')} />`;
  }
  if (target.startsWith('!subteam^')) return special(shown ?? '@group');
  if (target.startsWith('!')) return special(`@${target.slice(1).split('^')[0]}`);
  const address = unescaped(target);
  return link(address, shown ?? address.replace(/^mailto:/, ''));
}

const isWord = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
const isSpace = (character) => character === undefined || /\s/.test(character);

/** Where the mark opened at `start` closes: on the same line, next to words on the inner side only. */
function closing(text, start, mark) {
  if (isWord(text[start - 1]) || text[start - 1] === mark) return -1;
  if (isSpace(text[start + 1]) || text[start + 1] === mark) return -1;
  let insideToken = false;
  for (let index = start + 1; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\n') return -1;
    if (character === '<') insideToken = true;
    else if (character === '>') insideToken = false;
    else if (!insideToken && character === mark) {
      if (!isSpace(text[index - 1]) && !isWord(text[index + 1])) return index;
    }
  }
  return -1;
}

const marks = { '*': 'strong', _: 'em', '~': 's' };

/** The nodes of running text. */
export function inline(text, eye) {
  const nodes = [];
  let plain = '';
  const flush = () => {
    if (plain) nodes.push(unescaped(plain));
    plain = '';
  };
  let index = 0;
  while (index < text.length) {
    const character = text[index];
    if (character === '<') {
      const end = text.indexOf('>', index);
      if (end > index) {
        flush();
        nodes.push(token(text.slice(index + 1, end), eye));
        index = end + 1;
        continue;
      }
    } else if (character === '`') {
      const end = text.indexOf('`', index + 1);
      const inner = end > index + 1 ? text.slice(index + 1, end) : '';
      if (inner && !inner.includes('\n')) {
        flush();
        nodes.push(html`<code>${codeText(inner, eye)}</code>`);
        index = end + 1;
        continue;
      }
    } else if (marks[character]) {
      const end = closing(text, index, character);
      if (end > 0) {
        flush();
        nodes.push(html`<${marks[character]}>${inline(text.slice(index + 1, end), eye)}<//>`);
        index = end + 1;
        continue;
      }
    } else if (character === ':') {
      const name = /^:([a-z0-9_+-]+):/.exec(text.slice(index, index + 60))?.[1];
      const emoji = name && emojiOf(name);
      if (emoji) {
        flush();
        nodes.push(html`<span role="img" aria-label=${name.replaceAll('_', ' ')}>${emoji}</span>`);
        index += name.length + 2;
        continue;
      }
    } else if (character === '\n') {
      flush();
      nodes.push(html`<br />`);
      index += 1;
      continue;
    }
    plain += character;
    index += 1;
  }
  flush();
  return nodes;
}

/** Code keeps its characters; only Slack's own tokens in it are resolved. */
function codeText(text, eye) {
  return text.split(/(<[^>\n]+>)/).map((part, index) => (index % 2 ? token(part.slice(1, -1), eye) : unescaped(part)));
}

function lines(text, eye) {
  const nodes = [];
  let quoted = [];
  let open = [];
  const flush = () => {
    if (open.length > 0) nodes.push(html`<span class="lines">${inline(open.join('\n'), eye)}</span>`);
    if (quoted.length > 0) nodes.push(html`<blockquote>${inline(quoted.join('\n'), eye)}</blockquote>`);
    open = [];
    quoted = [];
  };
  for (const line of text.split('\n')) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (Boolean(quote) !== quoted.length > 0) flush();
    if (quote) quoted.push(quote[1]);
    else open.push(line);
  }
  flush();
  return nodes;
}

/** The nodes of a whole mrkdwn text, with quotes and preformatted parts. */
export function mrkdwn(text, eye) {
  return text.split(/```\n?([\s\S]*?)\n?```\n?/).map((part, index) => {
    if (index % 2) return html`<pre tabindex="0">${codeText(part, eye)}</pre>`;
    return part && lines(part, eye);
  });
}
