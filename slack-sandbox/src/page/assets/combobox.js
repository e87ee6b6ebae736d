// The page's one way to choose from a list with type-to-search: one value or several, own options or asked
// for while typing. It follows the combobox pattern of WAI-ARIA and knows nothing of what is chosen.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { classes, freshId, html } from './html.js';
import { useFloating } from './floating.js';
import { icon } from './icons.js';

const SHOWN = 200;
const matches = (option, words) => {
  const text = `${option.text} ${option.search ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

/** Options asked for while typing, the latest question winning. */
function useAsked(ask, open, query, minimum) {
  const [asked, setAsked] = useState({ options: [], note: '' });
  useEffect(() => {
    if (!ask || !open) return undefined;
    if (query.length < minimum) {
      setAsked({ options: [], note: `Type ${minimum === 1 ? 'a character' : `at least ${minimum} characters`} to search.` });
      return undefined;
    }
    let late = false;
    setAsked((before) => ({ ...before, note: 'Searching …' }));
    const timer = setTimeout(async () => {
      let next;
      try {
        next = { options: await ask(query), note: '' };
      } catch (error) {
        next = { options: [], note: error.message };
      }
      if (!late) setAsked(next);
    }, 250);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [ask, open, query, minimum]);
  return asked;
}

/**
 * options and selected: [{value, text, description?, group?, search?}]; `onChange` gets the new list of chosen ones.
 * `ask(text)` replaces options by those it resolves to.
 */
export function Combobox({ id, label, labelledBy, describedBy, invalid, required, options = [], selected = [], multi, max = Infinity,
  placeholder = 'Choose', onChange, ask, minimum = 0, clearable, disabled, focus, className }) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const field = useRef(null);
  const box = useRef(null);
  const list = useRef(null);
  const names = useMemo(() => freshId('list'), []);
  useFloating(open, box, list, { wide: true });
  const asked = useAsked(ask, open, query, minimum);

  const shown = useMemo(() => {
    if (ask) return asked.options;
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    return options.filter((option) => matches(option, words)).slice(0, SHOWN);
  }, [ask, asked, options, query]);
  const chosen = new Set(selected.map((option) => option.value));
  const note = ask && asked.note ? asked.note : shown.length === 0 ? 'Nothing fits.' : '';

  useEffect(() => {
    if (focus) field.current?.focus();
  }, []);
  useEffect(() => {
    list.current?.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
  }, [active, open]);

  const unfold = () => {
    if (disabled || open) return;
    setQuery('');
    setActive(Math.max(0, multi ? 0 : options.findIndex((option) => chosen.has(option.value))));
    setOpen(true);
  };
  const fold = () => {
    setOpen(false);
    setQuery('');
  };
  const choose = (option) => {
    if (!option) return;
    if (!multi) {
      fold();
      if (!chosen.has(option.value)) onChange([option]);
      return;
    }
    setQuery('');
    if (chosen.has(option.value)) onChange(selected.filter((other) => other.value !== option.value));
    else if (selected.length < max) onChange([...selected, option]);
  };
  const onKeyDown = (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) unfold();
      else setActive((active + (event.key === 'ArrowDown' ? 1 : shown.length - 1)) % Math.max(1, shown.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (open) choose(shown[active]);
      else unfold();
    } else if (event.key === 'Escape' && open) {
      // The dialog around must not take it as its own.
      event.stopPropagation();
      event.preventDefault();
      fold();
    } else if (event.key === 'Backspace' && multi && query === '' && selected.length > 0) {
      onChange(selected.slice(0, -1));
    }
  };

  const row = (option, index) => html`<div role="option" id="${names}-${index}" aria-selected=${chosen.has(option.value)}
      class=${classes('list-option', index === active && 'active')} onMouseEnter=${() => setActive(index)} onClick=${() => choose(option)}>
      ${option.before}<span class="list-text">${option.text}${option.description && html`<small>${option.description}</small>`}</span>
      ${chosen.has(option.value) && icon('check')}
    </div>`;
  const groups = [];
  shown.forEach((option, index) => {
    const last = groups.at(-1);
    if (last && last.name === option.group) last.rows.push(row(option, index));
    else groups.push({ name: option.group, rows: [row(option, index)] });
  });
  const rows = groups.map(({ name, rows: inner }) => (name
    ? html`<div role="group" aria-label=${name}><div class="list-group" role="presentation" aria-hidden="true">${name}</div>${inner}</div>` : inner));

  return html`<div class=${classes('combobox', multi && 'multi', disabled && 'disabled', className)} ref=${box}>
    ${multi && selected.map((option) => html`<span class="chip" key=${option.value}>${option.text}
      <button type="button" class="plain" aria-label="Remove ${option.text}" disabled=${disabled}
        onClick=${() => onChange(selected.filter((other) => other.value !== option.value))}>${icon('close')}</button></span>`)}
    ${!multi && !open && selected[0]?.before}
    <input ref=${field} id=${id} type="text" role="combobox" autocomplete="off" aria-autocomplete="list" aria-expanded=${open}
      aria-controls=${names} aria-label=${labelledBy ? null : label} aria-labelledby=${labelledBy} aria-describedby=${describedBy}
      aria-invalid=${invalid ? 'true' : null} aria-required=${required ? 'true' : null} disabled=${disabled}
      aria-activedescendant=${open && shown.length > 0 ? `${names}-${active}` : null}
      placeholder=${multi && selected.length > 0 ? '' : open && !multi && selected[0] ? selected[0].text : placeholder}
      value=${open || multi ? query : selected[0]?.text ?? ''}
      onClick=${unfold} onBlur=${fold} onKeyDown=${onKeyDown}
      onInput=${(event) => { const { value } = event.target; unfold(); setQuery(value); setActive(0); }} />
    ${clearable && !multi && selected.length > 0
      ? html`<button type="button" class="plain" aria-label="Clear ${label ?? ''}" onClick=${() => onChange([])}>${icon('close')}</button>`
      : html`<span class="combobox-arrow">${icon('down')}</span>`}
    ${open && html`<div class="floating list" ref=${list} onMouseDown=${(event) => event.preventDefault()}>
      <div id=${names} role="listbox" aria-multiselectable=${multi ? 'true' : null} aria-label=${label ?? placeholder}>${rows}</div>
      ${note && html`<p class="list-note" role="status">${note}</p>`}
    </div>`}
  </div>`;
}
