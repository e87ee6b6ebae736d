// A button that opens a menu of things to do: arrow keys, Escape, focus back on the button. What the items
// do is the caller's.
import { useEffect, useRef, useState } from 'preact/hooks';
import { classes, html } from './html.js';
import { useFloating } from './floating.js';

/** items: [{text, description?, href?, run}] */
export function Menu({ label, items, children, className, side = 'right', disabled, onToggle }) {
  const [open, setOpen] = useState(false);
  const button = useRef(null);
  const list = useRef(null);
  useFloating(open, button, list, { side });

  const close = (refocus) => {
    setOpen(false);
    onToggle?.(false);
    if (refocus) button.current?.focus();
  };
  const entries = () => [...(list.current?.querySelectorAll('[role=menuitem]') ?? [])];
  useEffect(() => {
    if (!open) return undefined;
    entries()[0]?.focus();
    const outside = (event) => {
      if (!list.current?.contains(event.target) && !button.current?.contains(event.target)) close(false);
    };
    addEventListener('pointerdown', outside, true);
    return () => removeEventListener('pointerdown', outside, true);
  }, [open]);

  const onKeyDown = (event) => {
    const all = entries();
    const at = all.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 };
    if (event.key in steps) all[steps[event.key] % all.length]?.focus();
    else if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') {
      close(false);
      return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const run = (item) => {
    close(true);
    item.run?.();
  };

  return html`<span class="menu-anchor">
    <button type="button" ref=${button} class=${classes('menu-button', className)} aria-haspopup="menu" aria-expanded=${open}
      aria-label=${label} title=${label} disabled=${disabled}
      onClick=${() => { setOpen(!open); onToggle?.(!open); }}>${children}</button>
    ${open && html`<div ref=${list} class="floating menu" role="menu" aria-label=${label} onKeyDown=${onKeyDown}>
      ${items.map((item) => {
        const inner = html`<span>${item.text}</span>${item.description && html`<small>${item.description}</small>`}`;
        return item.href
          ? html`<a role="menuitem" tabindex="-1" href=${item.href} target="_blank" rel="noopener noreferrer" onClick=${() => run(item)}>${inner}</a>`
          : html`<button type="button" role="menuitem" tabindex="-1" onClick=${() => run(item)}>${inner}</button>`;
      })}
    </div>`}
  </span>`;
}
