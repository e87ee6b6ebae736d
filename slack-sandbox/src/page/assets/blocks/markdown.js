// The markdown block: headings, lists, quotes, code, links, bold and italic of ordinary markdown. Anything
// else stays as typed; only nodes are built.
import { html } from '../html.js';
import { link } from '../mrkdwn.js';
import { withEmoji } from '../emoji.js';

const INLINE = /(`[^`\n]+`)|(\*\*[^*\n]+\*\*|__[^_\n]+__)|(\*[^*\n]+\*|\b_[^_\n]+_\b)|(~~[^~\n]+~~)|(\[[^\]\n]+\]\([^)\s]+\))/;

function inline(text) {
  const found = INLINE.exec(text);
  if (!found) return [withEmoji(text)];
  const [whole, code, bold, italic, strike] = found;
  const before = text.slice(0, found.index);
  let node;
  if (code) node = html`<code>${whole.slice(1, -1)}</code>`;
  else if (bold) node = html`<strong>${inline(whole.slice(2, -2))}</strong>`;
  else if (italic) node = html`<em>${inline(whole.slice(1, -1))}</em>`;
  else if (strike) node = html`<s>${inline(whole.slice(2, -2))}</s>`;
  else {
    const middle = whole.indexOf('](');
    node = link(whole.slice(middle + 2, -1), inline(whole.slice(1, middle)));
  }
  return [withEmoji(before), node, ...inline(text.slice(found.index + whole.length))];
}

const KINDS = [
  ['heading', /^(#{1,6})\s+(.*)$/],
  ['bullet', /^\s*[-*+]\s+(.*)$/],
  ['number', /^\s*\d+[.)]\s+(.*)$/],
  ['quote', /^>\s?(.*)$/],
  ['rule', /^(?:-{3,}|\*{3,})\s*$/],
  ['empty', /^\s*$/],
];

function kindOf(line) {
  for (const [kind, pattern] of KINDS) {
    const found = pattern.exec(line);
    if (found) return { kind, text: found[found.length - 1], level: found[1]?.length };
  }
  return { kind: 'text', text: line };
}

function drawn(kind, rows) {
  const texts = rows.map((row) => row.text);
  const joined = () => texts.flatMap((text, index) => (index > 0 ? [html`<br />`, ...inline(text)] : inline(text)));
  switch (kind) {
    case 'heading': return rows.map((row) => {
      const tag = `h${Math.min(6, row.level + 4)}`;
      return html`<${tag} class="block-header level-${Math.min(4, row.level + 1)}">${inline(row.text)}<//>`;
    });
    case 'bullet': return html`<ul>${texts.map((text) => html`<li>${inline(text)}</li>`)}</ul>`;
    case 'number': return html`<ol>${texts.map((text) => html`<li>${inline(text)}</li>`)}</ol>`;
    case 'quote': return html`<blockquote>${joined()}</blockquote>`;
    case 'rule': return html`<hr />`;
    case 'empty': return null;
    default: return html`<p>${joined()}</p>`;
  }
}

function paragraphs(text) {
  const groups = [];
  for (const line of text.split('\n')) {
    const row = kindOf(line);
    const last = groups[groups.length - 1];
    if (last?.kind === row.kind) last.rows.push(row);
    else groups.push({ kind: row.kind, rows: [row] });
  }
  return groups.map((group) => drawn(group.kind, group.rows));
}

export function Markdown({ block }) {
  const parts = (block.text ?? '').split(/^```[^\n]*\n([\s\S]*?)^```\s*$/m);
  return html`<div class="rich-text text">
    ${parts.map((part, index) => (index % 2 ? html`<pre tabindex="0">${part.replace(/\n$/, '')}</pre>` : paragraphs(part)))}
  </div>`;
}
