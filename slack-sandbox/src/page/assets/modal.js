// A person's stack of modals: only the top one can be used. What is typed is kept by the fields and sent along
// with the submission; whether it was right is the app's to say.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { icon } from './icons.js';
import { attempt, deed } from './deeds.js';
import { keepInside } from './keyboard.js';
import { useWorld } from './store.js';
import { Blocks, isEmpty } from './blocks/blocks.js';
import { plainText } from './blocks/text.js';

const TROUBLE = 'We had some trouble connecting. Try again?';
const FIELDS = 'input:not([type=file]), textarea, [role=radiogroup], [role=group], button';
const none = [];

/** What a text input must hold, said before the app is asked. */
function tooShort(block, drafts, values) {
  const { element = {} } = block;
  const text = drafts.get(`${block.block_id} ${element.action_id}`)?.value ?? values?.[block.block_id]?.[element.action_id]?.value;
  if (typeof text !== 'string' || text === '') return null;
  if (element.min_length && text.length < element.min_length) return `Write at least ${element.min_length} characters.`;
  if (element.type === 'number_input') {
    const number = Number(text);
    if (Number.isNaN(number)) return 'Enter a number.';
    if (!element.is_decimal_allowed && !Number.isInteger(number)) return 'Enter a whole number.';
    if (element.min_value !== undefined && number < Number(element.min_value)) return `Enter ${element.min_value} or more.`;
    if (element.max_value !== undefined && number > Number(element.max_value)) return `Enter ${element.max_value} or less.`;
  }
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(text)) return 'Enter a valid e-mail address.';
  if (element.type === 'url_text_input' && !/^https?:\/\/\S+$/i.test(text)) return 'Enter a valid address (https://…).';
  return null;
}

function Modal({ view, eye, top, depth }) {
  const box = useRef(null);
  const drafts = useRef(new Map()).current;
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState({});
  const [foot, setFoot] = useState('');
  const person = eye.viewer.id;
  const title = plainText(view.title);
  const changed = useCallback((block) => {
    setFoot('');
    setMissing((before) => (block in before ? Object.fromEntries(Object.entries(before).filter(([key]) => key !== block)) : before));
  }, []);

  const focusWrong = () => requestAnimationFrame(() => box.current?.querySelector('.block-input.wrong')?.querySelector(FIELDS)?.focus());
  useEffect(() => {
    if (!top) return;
    // Somebody working in another pane keeps the focus there.
    const pane = box.current.closest('[data-pane]');
    const { activeElement } = document;
    if (activeElement !== document.body && !pane?.contains(activeElement)) return;
    if (!box.current.contains(activeElement)) box.current.focus();
  }, [top, view.id, view.hash]);
  const errors = JSON.stringify(view.errors ?? {});
  useEffect(() => {
    if (errors !== '{}') focusWrong();
  }, [errors]);
  useEffect(() => setMissing({}), [view.hash]);

  const close = () => attempt('closes', { person, view: view.id });
  const submit = async (event) => {
    event?.preventDefault();
    if (busy) return;
    const wrong = {};
    for (const block of view.blocks) {
      if (block.type !== 'input') continue;
      if (!block.optional && isEmpty(block, view.values, drafts)) wrong[block.block_id] = true;
      const problem = tooShort(block, drafts, view.values);
      if (problem) wrong[block.block_id] = problem;
    }
    setMissing(wrong);
    if (Object.keys(wrong).length > 0) {
      focusWrong();
      return;
    }
    const values = {};
    for (const { block_id: block, action_id: action, value } of drafts.values()) (values[block] ??= {})[action] = value;
    setBusy(true);
    setFoot('');
    try {
      await deed('submits', { person, view: view.id, values });
    } catch (error) {
      if (error.answer.missing) {
        setMissing(Object.fromEntries(error.answer.missing.map((block) => [block, true])));
        focusWrong();
      } else setFoot(['operation_timeout', 'dispatch_failed', 'unreachable'].includes(error.slack) ? TROUBLE : error.message);
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event) => {
    keepInside(event, box.current);
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  const closeText = view.close ? plainText(view.close) : view.submit ? 'Cancel' : 'Close';
  return html`<div class="modal" ref=${box} role="dialog" aria-modal="true" aria-label=${title} aria-busy=${busy ? 'true' : null} tabindex="-1"
    inert=${!top} data-view=${view.id} onKeyDown=${onKeyDown} style=${{ '--depth': depth }}>
    <form onSubmit=${submit} novalidate>
      <header><h2>${title}</h2><button type="button" class="plain" aria-label="Close this dialog" onClick=${close}>${icon('close')}</button></header>
      <div class="modal-body" tabindex="0" role="group" aria-label="${title}: content">
        <${Blocks} blocks=${view.blocks} surface="modal" target=${{ view: view.id }} eye=${eye} values=${view.values} errors=${view.errors}
          missing=${missing} drafts=${drafts} changed=${changed} />
      </div>
      <footer>
        <p class="foot-note" role="alert">${foot && html`${icon('warning')} ${foot}`}</p>
        <button type="button" class="button" onClick=${close}>${closeText}</button>
        ${view.submit && html`<button type="submit" class="button primary" disabled=${busy || view.submit_disabled}>
          ${busy && html`<span class="spinner" aria-hidden="true"></span>`}${plainText(view.submit)}</button>`}
      </footer>
    </form>
  </div>`;
}

export function Modals({ eye, stack }) {
  return html`<div class="modal-cover">
    ${stack.map((view, index) => html`<${Modal} key=${view.id} view=${view} eye=${eye} top=${index === stack.length - 1} depth=${stack.length - 1 - index} />`)}
  </div>`;
}

/** The stack of a person, the same empty list while there is none. */
export function useModals(person) {
  const stack = useWorld((state) => state.modals.get(person));
  return stack && stack.length > 0 ? stack : none;
}
