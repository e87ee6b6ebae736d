// Tables: the table block as it is, and data_table with sorting and pages.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { RichText } from './rich_text.js';
import { Button } from './buttons.js';

function Cell({ cell, block, eye }) {
  if (!cell) return null;
  if (cell.type === 'rich_text') return html`<${RichText} block=${cell} eye=${eye} />`;
  if (cell.type === 'action_cell' && cell.element) return html`<${Button} block=${block} element=${cell.element} />`;
  return cell.text ?? String(cell.value ?? '');
}

const alignOf = (block, column) => `align-${block.column_settings?.[column]?.align ?? 'left'}`
  + (block.column_settings?.[column]?.is_wrapped ? ' wraps' : '');

export function Table({ block, eye }) {
  const [head = [], ...rows] = block.rows ?? [];
  return html`<div class="block-table" tabindex="0" role="region" aria-label="Table">
    <table>
      <thead><tr>${head.map((cell, column) => html`<th scope="col" class=${alignOf(block, column)}><${Cell} cell=${cell} block=${block} eye=${eye} /></th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>
        ${row.map((cell, column) => html`<td class=${alignOf(block, column)}><${Cell} cell=${cell} block=${block} eye=${eye} /></td>`)}
      </tr>`)}</tbody>
    </table>
  </div>`;
}

const sortKey = (cell) => (cell?.type === 'raw_number' ? cell.value : cell?.text ?? cell?.fallback?.text ?? '');
function compare(left, right) {
  const [a, b] = [sortKey(left), sortKey(right)];
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}

export function DataTable({ block, eye }) {
  const [sort, setSort] = useState({ column: -1, down: false });
  const [page, setPage] = useState(0);
  const [head = [], ...rows] = block.rows ?? [];
  const size = block.page_size ?? 5;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(page, pages - 1);
  const ordered = sort.column < 0 ? rows : [...rows].sort((left, right) => compare(left[sort.column], right[sort.column]) * (sort.down ? -1 : 1));
  const numeric = (column) => rows.length > 0 && rows.every((row) => row[column]?.type === 'raw_number');
  const turn = (column) => setSort({ column, down: sort.column === column && !sort.down });
  return html`<div class="block-table" tabindex="0" role="region" aria-label=${block.caption || 'Table'}>
    <table>
      <caption>${block.caption}</caption>
      <thead><tr>${head.map((cell, column) => html`<th scope="col" class=${numeric(column) ? 'align-right' : ''}
        aria-sort=${sort.column === column ? (sort.down ? 'descending' : 'ascending') : null}>
        <button type="button" class="plain sort" onClick=${() => turn(column)}><${Cell} cell=${cell} block=${block} eye=${eye} />
          ${sort.column === column && html`<span aria-hidden="true">${sort.down ? ' ↓' : ' ↑'}</span>`}</button></th>`)}</tr></thead>
      <tbody>${ordered.slice(at * size, at * size + size).map((row) => html`<tr>
        ${row.map((cell, column) => (column === block.row_header_column_index
          ? html`<th scope="row"><${Cell} cell=${cell} block=${block} eye=${eye} /></th>`
          : html`<td class=${numeric(column) ? 'align-right' : ''}><${Cell} cell=${cell} block=${block} eye=${eye} /></td>`))}
      </tr>`)}</tbody>
    </table>
    ${pages > 1 && html`<div class="pages">
      <button type="button" class="button" disabled=${at === 0} onClick=${() => setPage(at - 1)}>Previous</button>
      <span>Page ${at + 1} of ${pages}</span>
      <button type="button" class="button" disabled=${at === pages - 1} onClick=${() => setPage(at + 1)}>Next page</button>
    </div>`}
  </div>`;
}
