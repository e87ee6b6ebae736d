// Typed and ticked values: text, e-mail, address, number and rich text inputs, checkboxes, radio buttons, files.
import { useEffect, useRef, useState } from 'preact/hooks';
import { classes, html } from '../html.js';
import { upload } from '../deeds.js';
import { icon } from '../icons.js';
import { plainText, textObject } from './text.js';
import { useField } from './field.js';
import { Trouble } from './buttons.js';

/** How many characters may still be typed, shown when the end is near. */
function Remaining({ length, most }) {
  const left = most - length;
  if (left > Math.max(20, most * 0.15)) return null;
  return html`<span class=${classes('counter', left < 0 && 'over')}>${left}</span>`;
}

const TYPES = { email_text_input: 'email', url_text_input: 'url', number_input: 'text' };

export function TextInput({ block, element, names, required }) {
  const rich = element.type === 'rich_text_input';
  const dispatches = block.dispatch_action === true;
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const onEnter = dispatches && triggers.includes('on_enter_pressed');
  const { value, change, commit, trouble } = useField(block, element, {
    read: (entry) => (rich ? richToText(entry.rich_text_value) : entry.value ?? ''),
    initial: rich ? richToText(element.initial_value) : element.initial_value ?? '',
    send: (text) => (text === '' ? null : text),
    delay: 300,
    hold: dispatches && !triggers.includes('on_character_entered'),
  });
  const many = element.multiline || rich;
  const field = useRef(null);
  useEffect(() => {
    if (names.focus) field.current?.focus();
  }, []);
  useEffect(() => {
    if (!many || !field.current) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${Math.min(field.current.scrollHeight + 2, 280)}px`;
  }, [value]);
  const most = element.max_length ?? (element.type === 'plain_text_input' ? 3000 : undefined);
  const common = {
    ref: field, id: names.id, value: value ?? '', placeholder: element.placeholder && plainText(element.placeholder),
    'aria-label': names.labelId ? null : names.label, 'aria-labelledby': names.labelId, 'aria-describedby': names.describedBy, 'aria-invalid': names.invalid ? 'true' : null,
    'aria-required': required ? 'true' : null, maxlength: most, autocomplete: 'off',
    onInput: (event) => change(event.target.value),
    onBlur: () => { if (!dispatches) commit(); },
    onKeyDown: (event) => {
      const plainEnter = event.key === 'Enter' && !event.isComposing && (!many || !event.shiftKey);
      if (plainEnter && onEnter) {
        event.preventDefault();
        commit(true);
      }
    },
  };
  return html`<div class="text-field">
    ${many
      ? html`<textarea ...${common} rows=${rich ? 4 : 3}></textarea>`
      : html`<input ...${common} type=${TYPES[element.type] ?? 'text'}
          inputmode=${element.type === 'number_input' ? (element.is_decimal_allowed ? 'decimal' : 'numeric') : null} />`}
    ${most && html`<${Remaining} length=${(value ?? '').length} most=${most} />`}
    ${rich && html`<p class="soft small">Several lines are fine.</p>`}
    <${Trouble} text=${trouble} />
  </div>`;
}

/** The plain words of a rich text value, for a field that shows plain text. */
function richToText(value) {
  const words = (element) => element.text ?? element.url ?? (element.elements ?? []).map(words).join(element.type === 'rich_text_list' ? '\n' : '');
  return (value?.elements ?? []).map(words).join('\n').replace(/\n$/, '');
}

const chosenOptions = (entry, many) => (many ? entry.selected_options ?? [] : entry.selected_option ? [entry.selected_option] : []);

/** Checkboxes and radio buttons: the options stand in full. */
export function Choices({ block, element, names }) {
  const many = element.type === 'checkboxes';
  const { value, change, trouble, around } = useField(block, element, {
    read: (entry) => chosenOptions(entry, many),
    initial: (many ? element.initial_options : element.initial_option && [element.initial_option]) ?? [],
    send: (options) => (many ? options.map((option) => option.value) : options[0]?.value ?? null),
  });
  const chosen = new Set(value.map((option) => option.value));
  const toggle = (option) => {
    if (!many) change([option]);
    else if (chosen.has(option.value)) change(value.filter((other) => other.value !== option.value));
    else change([...value, option]);
  };
  return html`<div class="choices" role=${many ? 'group' : 'radiogroup'} id=${names.id} tabindex="-1" aria-labelledby=${names.labelId}
    aria-label=${names.labelId ? null : names.label} aria-describedby=${names.describedBy}>
    ${(element.options ?? []).map((option) => html`<label class="choice">
      <input type=${many ? 'checkbox' : 'radio'} name="${names.id}-${element.action_id}" checked=${chosen.has(option.value)}
        aria-invalid=${names.invalid && many ? 'true' : null} onChange=${() => toggle(option)} />
      <span><span class="choice-text">${textObject(option.text, around.eye)}</span>
        ${option.description && html`<small>${textObject(option.description, around.eye)}</small>`}</span>
    </label>`)}
    <${Trouble} text=${trouble} />
  </div>`;
}

export function FileInput({ block, element, names }) {
  const { value, change, trouble, around } = useField(block, element, {
    read: (entry) => entry.files ?? [],
    initial: [],
    send: (files) => (files.length > 0 ? files.map((file) => file.id) : null),
  });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const most = element.max_files ?? 10;
  const take = async (event) => {
    const picked = [...event.target.files].slice(0, most - value.length);
    event.target.value = '';
    setBusy(true);
    setProblem('');
    try {
      const added = [];
      for (const file of picked) added.push({ ...(await upload(around.eye.viewer.id, file)), name: file.name });
      change([...value, ...added]);
    } catch (error) {
      setProblem(error.message);
    } finally {
      setBusy(false);
    }
  };
  return html`<div class="file-field">
    ${value.map((file) => html`<span class="chip" key=${file.id}>${icon('file')} ${file.name ?? file.title ?? file.id}
      <button type="button" class="plain" aria-label="Remove ${file.name ?? file.id}" onClick=${() => change(value.filter((other) => other !== file))}>${icon('close')}</button></span>`)}
    ${value.length < most && html`<input id=${names.id} type="file" multiple=${most > 1} disabled=${busy} onChange=${take}
      accept=${element.filetypes?.map((type) => `.${type}`).join(',')} aria-label=${names.labelId ? null : names.label} aria-labelledby=${names.labelId} aria-describedby=${names.describedBy}
      aria-invalid=${names.invalid ? 'true' : null} />`}
    ${busy && html`<span class="soft" role="status">Uploading …</span>`}
    <${Trouble} text=${problem || trouble} />
  </div>`;
}
