// A list of blocks on a message, a Home tab or a modal: finds the drawing of each type and gives input blocks
// their label, hint and error. The drawings themselves are in the other modules here.
import { useMemo } from 'preact/hooks';
import { classes, freshId, html } from '../html.js';
import { icon } from '../icons.js';
import { Surroundings } from './field.js';
import { ContextLine, Header, Picture, plainText, Section, UnknownBlock, Video } from './text.js';
import { RichText } from './rich_text.js';
import { Markdown } from './markdown.js';
import { Button, FeedbackButtons, IconButton, Overflow } from './buttons.js';
import { Choices, FileInput, TextInput } from './inputs.js';
import { isSelect, Select } from './selects.js';
import { isPicker, Picker } from './pickers.js';
import { Chart } from './charts.js';
import { DataTable, Table } from './tables.js';
import { Alert, Card, Container, Plan, TaskCard } from './cards.js';

const TYPED = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'rich_text_input'];

/** One interactive element with its names: {id, label, labelId, describedBy, invalid, focus}. */
function Element({ block, element, names, required }) {
  const given = { block, element, names, required };
  switch (element.type) {
    case 'button':
    case 'workflow_button': return html`<${Button} ...${given} />`;
    case 'overflow': return html`<${Overflow} ...${given} />`;
    case 'image': return html`<${Picture} block=${element} small />`;
    case 'feedback_buttons': return html`<${FeedbackButtons} ...${given} />`;
    case 'icon_button': return html`<${IconButton} ...${given} />`;
    case 'checkboxes':
    case 'radio_buttons': return html`<${Choices} ...${given} />`;
    case 'file_input': return html`<${FileInput} ...${given} />`;
    default:
      if (isSelect(element.type)) return html`<${Select} ...${given} />`;
      if (isPicker(element.type)) return html`<${Picker} ...${given} />`;
      if (TYPED.includes(element.type)) return html`<${TextInput} ...${given} />`;
      return html`<span class="block-unknown">Element type <code>${element.type}</code> is not drawn here.</span>`;
  }
}

const FALLBACK_NAMES = { datepicker: 'Date', timepicker: 'Time', datetimepicker: 'Date and time', checkboxes: 'Choices', radio_buttons: 'Choices' };

/** Names for an element without a label of its own. */
function useNames(block, element, surface) {
  const id = useMemo(() => freshId('element'), [block.block_id, element?.action_id]);
  const label = (element?.placeholder && plainText(element.placeholder))
    || (block.text && plainText(block.text).replace(/[*_~`]/g, '').slice(0, 90)) || FALLBACK_NAMES[element?.type] || 'Choose';
  return { id, label, focus: surface === 'modal' && element?.focus_on_load };
}

function Loose({ block, element, surface }) {
  return html`<${Element} block=${block} element=${element} names=${useNames(block, element, surface)} />`;
}

const REQUIRED = 'Complete this required field.';

function Input({ block, around }) {
  const { element = {} } = block;
  const id = useMemo(() => freshId('input'), [block.block_id]);
  const error = around.missing?.[block.block_id] ?? around.errors?.[block.block_id];
  const hint = block.hint && plainText(block.hint);
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const label = plainText(block.label);
  const grouped = element.type === 'checkboxes' || element.type === 'radio_buttons';
  const names = { id, label, labelId: `${id}-label`, describedBy: ids || null, invalid: Boolean(error),
    focus: around.surface === 'modal' && element.focus_on_load };
  const inner = html`<span id=${names.labelId}>${label}</span>${block.optional && html`<span class="soft"> (optional)</span>`}`;
  return html`<div class=${classes('block-input', error && 'wrong')} data-block=${block.block_id}>
    ${grouped ? html`<span class="label">${inner}</span>` : html`<label class="label" for=${id}>${inner}</label>`}
    <${Element} key=${element.action_id} block=${block} element=${element} names=${names} required=${!block.optional} />
    ${error && html`<p class="error" id="${id}-error">${icon('warning')}${error === true ? REQUIRED : error}</p>`}
    ${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
  </div>`;
}

function drawn(block, around) {
  const { eye, surface } = around;
  switch (block.type) {
    case 'section': return html`<${Section} block=${block} eye=${eye}
      accessory=${block.accessory && html`<${Loose} key=${block.accessory.action_id} block=${block} element=${block.accessory} surface=${surface} />`} />`;
    case 'header': return html`<${Header} block=${block} surface=${surface} />`;
    case 'divider': return html`<hr class="block-divider" />`;
    case 'image': return html`<${Picture} block=${block} />`;
    case 'context': return html`<${ContextLine} block=${block} eye=${eye} />`;
    case 'actions':
    case 'context_actions': return html`<div class="block-actions">
      ${(block.elements ?? []).map((element, index) => html`<${Loose} key=${element.action_id ?? index} block=${block} element=${element} surface=${surface} />`)}</div>`;
    case 'input': return html`<${Input} block=${block} around=${around} />`;
    case 'rich_text': return html`<${RichText} block=${block} eye=${eye} />`;
    case 'markdown': return html`<${Markdown} block=${block} />`;
    case 'video': return html`<${Video} block=${block} />`;
    case 'table': return html`<${Table} block=${block} eye=${eye} />`;
    case 'data_table': return html`<${DataTable} block=${block} eye=${eye} />`;
    case 'data_visualization': return html`<${Chart} block=${block} />`;
    case 'alert': return html`<${Alert} block=${block} eye=${eye} />`;
    case 'card': return html`<${Card} block=${block} eye=${eye} />`;
    case 'carousel': return html`<div class="block-carousel" tabindex="0" role="group" aria-label="Cards">${(block.elements ?? []).map((inner) => drawn(inner, around))}</div>`;
    case 'container': return html`<${Container} block=${block} eye=${eye} draw=${(inner) => drawn(inner, around)} />`;
    case 'plan': return html`<${Plan} block=${block} eye=${eye} />`;
    case 'task_card': return html`<${TaskCard} block=${block} eye=${eye} />`;
    case 'file': return html`<p class="soft">${icon('file')} File ${block.external_id}</p>`;
    default: return html`<${UnknownBlock} block=${block} />`;
  }
}

export function Blocks({ blocks, surface, target, eye, values, errors, missing, drafts, changed }) {
  const around = useMemo(
    () => ({ eye, surface, target, values, errors, missing, drafts, changed }),
    [eye, surface, JSON.stringify(target), values, errors, missing, drafts, changed],
  );
  return html`<${Surroundings.Provider} value=${around}>
    <div class="blocks on-${surface}">
      ${(blocks ?? []).map((block, index) => html`<div class="block" key="${block.block_id ?? index} ${block.type}">${drawn(block, around)}</div>`)}
    </div>
  <//>`;
}

/** Whether an input holds nothing, by the server's state and by what is typed here and not yet sent. */
export function isEmpty(block, values, drafts) {
  const { element = {} } = block;
  const draft = drafts.get(`${block.block_id} ${element.action_id}`);
  if (draft) return draft.value === null || draft.value === '' || (Array.isArray(draft.value) && draft.value.length === 0);
  const entry = values?.[block.block_id]?.[element.action_id];
  if (!entry) return !Object.keys(element).some((key) => key.startsWith('initial_') && element[key]);
  return !Object.entries(entry).some(([key, value]) => key !== 'type' && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0));
}

