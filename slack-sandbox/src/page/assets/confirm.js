// "Are you sure?" as a native dialog, for confirm objects of Block Kit. It asks; what follows is the caller's.
import { useEffect, useRef } from 'preact/hooks';
import { html } from './html.js';
import { observable, useSelected } from './observe.js';
import { plainText, textObject } from './blocks/text.js';

const source = observable();
let asking = null;

/** Resolves to whether the person said yes; at once when there is nothing to confirm. */
export function confirmed(confirm, eye) {
  if (!confirm) return Promise.resolve(true);
  asking?.resolve(false);
  return new Promise((resolve) => {
    asking = { confirm, eye, resolve };
    source.tell();
  });
}

export function ConfirmHost() {
  const question = useSelected(source, () => asking);
  const dialog = useRef(null);
  useEffect(() => {
    if (question && !dialog.current.open) dialog.current.showModal();
  }, [question]);
  if (!question) return null;
  const answer = (yes) => {
    asking = null;
    question.resolve(yes);
    dialog.current?.close();
    source.tell();
  };
  const { confirm, eye } = question;
  return html`<dialog ref=${dialog} class="ask" aria-labelledby="confirm-title" onCancel=${(event) => { event.preventDefault(); answer(false); }}>
    <h2 id="confirm-title">${plainText(confirm.title) || 'Are you sure?'}</h2>
    <div class="text">${textObject(confirm.text, eye)}</div>
    <div class="ask-feet">
      <button type="button" class="button" onClick=${() => answer(false)}>${plainText(confirm.deny) || 'Cancel'}</button>
      <button type="button" class="button ${confirm.style === 'danger' ? 'danger' : 'primary'}" autofocus
        onClick=${() => answer(true)}>${plainText(confirm.confirm) || 'Yes'}</button>
    </div>
  </dialog>`;
}
