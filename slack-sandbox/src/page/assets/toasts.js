// Short notices at the corner of the page: what went wrong, what was done. It owns the notices and their
// time on screen, nothing else.
import { html } from './html.js';
import { observable, useSelected } from './observe.js';
import { icon } from './icons.js';

const source = observable();
let shown = [];
let counted = 0;

const dismiss = (id) => {
  shown = shown.filter((notice) => notice.id !== id);
  source.tell();
};

/** Shows a sentence; kind `alert` for what went wrong, `status` for the rest. The same sentence is shown once. */
export function toast(text, kind = 'status') {
  counted += 1;
  const notice = { id: counted, text, kind };
  shown = [...shown.filter((other) => other.text !== text), notice].slice(-4);
  source.tell();
  setTimeout(() => dismiss(notice.id), kind === 'alert' ? 9000 : 5000);
}

export function Toasts() {
  const notices = useSelected(source, () => shown);
  return html`<div class="toasts">
    ${notices.map((notice) => html`<div key=${notice.id} class="toast ${notice.kind}" role=${notice.kind} data-toast>
      <span>${notice.text}</span>
      <button type="button" class="plain" aria-label="Dismiss" onClick=${() => dismiss(notice.id)}>${icon('close')}</button>
    </div>`)}
  </div>`;
}
