// Date, time and date-and-time pickers, as the browser's own fields. A date-and-time is in the viewer's zone.
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../html.js';
import { fieldOf, secondsAt, zoneName } from '../dates.js';
import { useField } from './field.js';
import { plainText } from './text.js';
import { Trouble } from './buttons.js';

const KINDS = {
  datepicker: { type: 'date', state: 'selected_date', initial: 'initial_date' },
  timepicker: { type: 'time', state: 'selected_time', initial: 'initial_time' },
  datetimepicker: { type: 'datetime-local', state: 'selected_date_time', initial: 'initial_date_time' },
};
export const isPicker = (type) => Object.hasOwn(KINDS, type);

export function Picker({ block, element, names, required }) {
  const kind = KINDS[element.type];
  const moment = element.type === 'datetimepicker';
  const { value, change, commit, trouble, around } = useField(block, element, {
    read: (entry) => entry[kind.state] ?? null,
    initial: element[kind.initial] ?? null,
    delay: 400,
  });
  const { zone } = around.eye;
  const field = useRef(null);
  useEffect(() => {
    if (names.focus) field.current?.focus();
  }, []);
  const shown = value === null || value === undefined ? '' : moment ? fieldOf(value, zone) : value;
  const onChange = (event) => {
    const typed = event.target.value;
    // While a year is being typed the browser reports 0002, 0020 and so on.
    if (/^[01]\d{3}-/.test(typed) && typed < '1900') return;
    if (!typed) change(null);
    else change(moment ? secondsAt(typed, zone) : typed.slice(0, element.type === 'timepicker' ? 5 : 10));
  };
  const note = element.timezone ?? (moment ? zone : null);
  return html`<div class="picker-field">
    <input ref=${field} id=${names.id} type=${kind.type} value=${shown} aria-label=${names.labelId ? null : names.label} aria-labelledby=${names.labelId} aria-describedby=${names.describedBy}
      title=${element.placeholder && plainText(element.placeholder)}
      aria-invalid=${names.invalid ? 'true' : null} aria-required=${required ? 'true' : null} onChange=${onChange} onBlur=${() => commit()} />
    ${note && html`<span class="soft small">${zoneName(note)} time</span>`}
    <${Trouble} text=${trouble} />
  </div>`;
}
