// The drawer with everything that went between the workspace and the app: envelopes, calls, violations.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { classes, html, memo } from './html.js';
import { icon } from './icons.js';
import { logRecord } from './deeds.js';
import { useWorld, world } from './store.js';
import { setLog } from './place.js';
import { wallClock } from './dates.js';

const SHOWN = 200;
const KINDS = { envelope: 'To the app', call: 'From the app', violation: 'Violation' };
const two = (number) => String(number).padStart(2, '0');

function clockOf(moment) {
  const at = wallClock(Math.floor(Date.parse(moment) / 1000), 'UTC');
  return `${two(at.month)}-${two(at.day)} ${two(at.hour)}:${two(at.minute)}:${two(at.second)}`;
}

const Line = memo(({ entry, chosen, onChoose }) => {
  const who = entry.person && (world.people.get(entry.person)?.handle ?? entry.person);
  return html`<li><button type="button" class=${classes('log-line', entry.kind, entry.bad && 'bad', chosen && 'chosen')} aria-pressed=${chosen}
    onClick=${() => onChoose(entry.n)}>
    <span class="log-time">${clockOf(entry.at)}</span><span class="log-kind">${KINDS[entry.kind] ?? entry.kind}</span>
    <span class="log-title">${entry.title}${who && html` <span class="soft">@${who}</span>`}</span><span class="log-outcome">${entry.outcome}</span>
  </button></li>`;
});

const pretty = (value) => {
  if (typeof value !== 'string') return JSON.stringify(value ?? null, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
};

function Detail({ number, outcome, onClose }) {
  const [record, setRecord] = useState(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let late = false;
    setProblem('');
    logRecord(number).then((found) => !late && setRecord(found), (error) => !late && setProblem(error.message));
    return () => { late = true; };
  }, [number, outcome]);
  return html`<section class="log-detail" aria-label="Log entry ${number}">
    <header><h3>Entry ${number}</h3><button type="button" class="plain" aria-label="Close the entry" onClick=${onClose}>${icon('close')}</button></header>
    ${problem && html`<p role="alert">${problem}</p>`}
    ${record && html`<div class="log-json"><h4>Request</h4><pre tabindex="0">${pretty(record.request)}</pre>
      <h4>Response</h4><pre tabindex="0">${pretty(record.response)}</pre></div>`}
  </section>`;
}

export function LogDrawer() {
  const version = useWorld((state) => state.logVersion);
  const [filter, setFilter] = useState('all');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef(null);
  const bottom = useRef(true);
  const { lines, more } = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    const found = [];
    let index = world.log.length - 1;
    for (; index >= 0 && found.length < SHOWN; index -= 1) {
      const entry = world.log[index];
      if (filter === 'problems' && !entry.bad && entry.kind !== 'violation') continue;
      if (wanted && !`${entry.title} ${entry.outcome}`.toLowerCase().includes(wanted)) continue;
      found.push(entry);
    }
    return { lines: found.reverse(), more: index >= 0 };
  }, [version, filter, text]);
  useLayoutEffect(() => {
    if (bottom.current) list.current.scrollTop = 1e7;
  });
  const onScroll = () => {
    bottom.current = list.current.scrollHeight - list.current.scrollTop - list.current.clientHeight < 30;
  };
  return html`<section class="log" data-log data-part aria-label="Log">
    <header class="bar"><h2>Log</h2>
      <div class="switch" role="group" aria-label="Which entries">
        ${[['all', 'All'], ['problems', 'Problems']].map(([name, shown]) => html`<button type="button" aria-pressed=${filter === name} onClick=${() => setFilter(name)}>${shown}</button>`)}
      </div>
      <input type="search" aria-label="Entries that contain" placeholder="Contains …" value=${text} onInput=${(event) => setText(event.target.value)} />
      <button type="button" class="plain" aria-label="Close the log" onClick=${() => setLog(false)}>${icon('close')}</button>
    </header>
    <div class="log-body">
      <div class="log-lines" ref=${list} onScroll=${onScroll} tabindex="0" role="region" aria-label="Entries, newest last">
        ${more && lines.length === SHOWN && html`<p class="soft small">The newest ${SHOWN} that fit.</p>`}
        <ul>${lines.map((entry) => html`<${Line} key=${entry.n} entry=${entry} chosen=${entry.n === chosen} onChoose=${setChosen} />`)}</ul>
        ${lines.length === 0 && html`<p class="empty">${filter === 'problems' ? 'No problems.' : 'Nothing yet.'}</p>`}
      </div>
      ${chosen > 0 && html`<${Detail} number=${chosen} outcome=${lines.find((entry) => entry.n === chosen)?.outcome} onClose=${() => setChosen(0)} />`}
    </div>
  </section>`;
}

export function LogToggle({ open }) {
  const violations = useWorld((state) => state.violations);
  return html`<button type="button" class="button quiet" aria-expanded=${open} onClick=${() => setLog(!open)}>${icon('list')}<span class="wide-only">Log</span>
    ${violations > 0 && html`<span class="badge bad"><span aria-hidden="true">${violations}</span><span class="visually-hidden"> ${violations} ${violations === 1 ? 'violation' : 'violations'}</span></span>`}</button>`;
}
