// The whole page: top bar with the clock, notices, panes, log drawer, tour. Starts everything; owns no data.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { html, render } from './html.js';
import { icon } from './icons.js';
import { follow, useWorld, world } from './store.js';
import { addPane, place, setRoom, setTheme, setTour, settle, usePlace } from './place.js';
import { isActor, peopleOptions } from './people.js';
import { Menu } from './menu.js';
import { Clock } from './clock.js';
import { Panes } from './panes.js';
import { LogDrawer, LogToggle } from './log.js';
import { Tour } from './tour.js';
import { toast, Toasts } from './toasts.js';
import { ConfirmHost } from './confirm.js';
import { usePartKeys } from './keyboard.js';

const PANE_ROOM = 460;

function ThemeToggle() {
  const theme = usePlace((state) => state.theme);
  const dark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  return html`<button type="button" class="button quiet" aria-label=${dark ? 'Light theme' : 'Dark theme'} title=${dark ? 'Light theme' : 'Dark theme'}
    onClick=${() => setTheme(dark ? 'light' : 'dark')}>${icon(dark ? 'sun' : 'moon')}</button>`;
}

function AddPane() {
  const panes = usePlace((state) => state.panes);
  const room = usePlace((state) => state.room);
  const version = useWorld((state) => state.peopleVersion);
  const items = useMemo(() => peopleOptions((person) => isActor(person) && !panes.some((pane) => pane.handle === person.handle))
    .map((option) => ({ text: option.text, description: option.description, run: () => addPane(world.people.get(option.value).handle) })), [panes, version]);
  if (panes.length >= room || items.length === 0) return null;
  return html`<${Menu} label="Add a person's Slack" items=${items} className="button quiet">${icon('plus')}<span class="wide-only">Add a person</span><//>`;
}

function Banners() {
  const feed = useWorld((state) => state.feed);
  const connections = useWorld((state) => state.connections);
  return html`<div class="banners">
    ${feed === 'gone' && html`<p class="banner bad" role="alert">${icon('warning')} The workspace is gone. Reconnecting …</p>`}
    ${feed !== 'gone' && connections === 0 && html`<p class="banner" role="status">${icon('warning')} The app is not connected: commands and buttons will not be answered.</p>`}
  </div>`;
}

/** Tells the style sheet where the panes stand: what happened while the clock turned is shown beside them. */
function useWorkspaceEdges(box, ready) {
  useEffect(() => {
    if (!box.current) return undefined;
    const { style } = document.documentElement;
    const measure = () => {
      const { top, bottom } = box.current.getBoundingClientRect();
      style.setProperty('--workspace-top', `${top}px`);
      style.setProperty('--workspace-bottom', `${innerHeight - bottom}px`);
    };
    const watch = new ResizeObserver(measure);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [ready]);
}

/** Panes for the people whom the address names, else for those of the tour, else for the first two. */
function useSettled(ready, version) {
  const settled = useRef(false);
  useEffect(() => {
    if (!ready) return;
    const actors = [...world.people.values()].filter(isActor);
    const wished = [...world.tour.map((step) => step.person), ...actors.map((person) => person.handle)].filter((handle) => {
      const person = world.handles.get(handle);
      return person && isActor(person);
    });
    if (!settled.current) {
      const unknown = place.panes.filter((pane) => !actors.some((person) => person.handle === pane.handle)).map((pane) => `@${pane.handle}`);
      if (unknown.length > 0) toast(`Nobody who can sit here is called ${unknown.join(' or ')}.`, 'alert');
    }
    if (!settled.current || place.panes.some((pane) => !world.handles.has(pane.handle))) settle(new Set(actors.map((person) => person.handle)), wished);
    settled.current = true;
  }, [ready, version]);
}

function Page() {
  const ready = useWorld((state) => state.ready);
  const version = useWorld((state) => state.peopleVersion);
  const name = useWorld((state) => state.workspace?.name);
  const app = useWorld((state) => state.workspace?.app.name);
  const hasTour = useWorld((state) => state.tour.length > 0);
  const feed = useWorld((state) => state.feed);
  const logOpen = usePlace((state) => state.logOpen);
  const tourOpen = usePlace((state) => state.tourOpen);
  const step = usePlace((state) => state.tour);
  const workspace = useRef(null);
  usePartKeys();
  useWorkspaceEdges(workspace, ready);
  useSettled(ready, version);
  useEffect(() => {
    const measure = () => setRoom(Math.max(1, Math.min(3, Math.floor(innerWidth / PANE_ROOM))));
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  useEffect(() => {
    if (app) document.title = `${app} · ${name}`;
  }, [app, name]);
  if (!ready) {
    return html`<main class="starting"><h1 class="visually-hidden">Workspace sandbox</h1><p role="status">${feed === 'gone' ? 'The workspace cannot be reached. Trying again …' : 'Opening the workspace …'}</p></main>`;
  }
  return html`<div class="page">
    <header class="top" data-part>
      <h1>${name}<span class="visually-hidden">: ${app} tried by pretend people</span></h1>
      <${Clock} />
      <div class="top-tools">
        <${AddPane} />
        ${hasTour && !tourOpen && html`<button type="button" class="button quiet" onClick=${() => setTour(step, true)}>${icon('route')}<span class="wide-only">Tour</span></button>`}
        <${LogToggle} open=${logOpen} />
        <${ThemeToggle} />
      </div>
    </header>
    <${Banners} />
    ${hasTour && html`<${Tour} />`}
    <main class="workspace" ref=${workspace}><${Panes} /></main>
    ${logOpen && html`<${LogDrawer} />`}
    <${Toasts} /><${ConfirmHost} />
  </div>`;
}

const root = document.getElementById('page');
root.replaceChildren();
render(html`<${Page} />`, root);
follow();
