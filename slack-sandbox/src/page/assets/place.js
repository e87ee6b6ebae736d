// Where the person at the page is: which panes stand open, what each shows, the theme, the tour's step. All
// of it is in the address, so a reload or a shared address shows the same. It holds nothing of the workspace.
import { observable, useSelected } from './observe.js';

const source = observable();
const remembered = new Map();
let keys = 0;

export const place = { panes: [], theme: '', tour: 0, tourOpen: true, logOpen: false, room: 1 };

export const usePlace = (select) => useSelected(source, () => select(place));

const pane = (handle, at = 'home', thread = '') => ({ key: (keys += 1), handle, at, thread });

/** Reads the address. */
function read() {
  const query = new URLSearchParams(location.search);
  const handles = [...new Set((query.get('people') ?? '').split(',').filter(Boolean))].slice(0, 3);
  const places = (query.get('places') ?? '').split(',');
  place.panes = handles.map((handle, index) => {
    const [at, thread] = (places[index] || 'home').split('/');
    return pane(handle, at, thread ?? '');
  });
  place.theme = ['light', 'dark'].includes(query.get('theme')) ? query.get('theme') : '';
  place.tour = Math.max(0, Number.parseInt(query.get('tour') ?? '1', 10) - 1 || 0);
  place.tourOpen = query.get('tour') !== 'closed';
  place.logOpen = query.get('log') === 'open';
}

/** Writes the address. By hand, so that commas and slashes stay readable. */
function write() {
  const parts = [];
  if (place.panes.length > 0) {
    parts.push(`people=${place.panes.map((each) => encodeURIComponent(each.handle)).join(',')}`);
    parts.push(`places=${place.panes.map((each) => each.at + (each.thread && `/${each.thread}`)).join(',')}`);
  }
  if (place.theme) parts.push(`theme=${place.theme}`);
  if (!place.tourOpen) parts.push('tour=closed');
  else if (place.tour > 0) parts.push(`tour=${place.tour + 1}`);
  if (place.logOpen) parts.push('log=open');
  history.replaceState(null, '', `${location.pathname}${parts.length > 0 ? `?${parts.join('&')}` : ''}`);
  document.documentElement.dataset.theme = place.theme;
}

function change(values) {
  Object.assign(place, values);
  write();
  source.tell();
}

read();
document.documentElement.dataset.theme = place.theme;

/** Leaves out people who are not there and opens the first panes when the address names none. */
export function settle(known, wished) {
  const panes = place.panes.filter((each) => known.has(each.handle));
  for (const handle of wished) {
    if (panes.length >= (place.panes.length > 0 ? 1 : 2)) break;
    if (!panes.some((each) => each.handle === handle)) panes.push(pane(handle));
  }
  change({ panes });
}

export const setTheme = (theme) => change({ theme });
export const setTour = (tour, tourOpen = true) => change({ tour, tourOpen });
export const setLog = (logOpen) => change({ logOpen });

/** How many panes there is room for; the others wait. */
export function setRoom(room) {
  if (room !== place.room) change({ room });
}

export function addPane(handle) {
  const earlier = remembered.get(handle) ?? {};
  change({ panes: [...place.panes, pane(handle, earlier.at, earlier.thread)] });
}

export function closePane(key) {
  change({ panes: place.panes.filter((each) => each.key !== key) });
}

/** A pane becomes somebody else's; who is open elsewhere swaps places. */
export function switchPerson(key, handle) {
  const current = place.panes.find((each) => each.key === key);
  const other = place.panes.find((each) => each.handle === handle);
  if (!current || current === other) return;
  remembered.set(current.handle, current);
  const earlier = other ?? remembered.get(handle) ?? {};
  const panes = place.panes.map((each) => {
    if (each === current) return pane(handle, earlier.at, earlier.thread);
    return each === other ? pane(current.handle, current.at, current.thread) : each;
  });
  change({ panes });
}

export function go(key, at, thread = '') {
  change({ panes: place.panes.map((each) => (each.key === key ? { ...each, at, thread } : each)) });
}

/** Brings somebody's Slack into view, at a place when one is given, and says which pane it is. */
export function show(handle, at, thread = '') {
  let index = place.panes.findIndex((each) => each.handle === handle);
  if (index < 0 && place.panes.length < place.room) {
    addPane(handle);
    index = place.panes.length - 1;
  } else if (index < 0 || index >= place.room) {
    const slot = Math.max(0, Math.min(place.room, place.panes.length) - 1);
    if (place.panes[slot]) switchPerson(place.panes[slot].key, handle);
    else addPane(handle);
    index = place.panes.findIndex((each) => each.handle === handle);
  }
  const { key } = place.panes[index];
  if (at) go(key, at, thread);
  return key;
}
