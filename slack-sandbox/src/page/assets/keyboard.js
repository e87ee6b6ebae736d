// Moving about with keys: keeping focus inside a dialog and giving it back, and F6 between the parts of the page.
import { useEffect } from 'preact/hooks';

const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex="0"]';

function focusables(box) {
  return [...box.querySelectorAll(FOCUSABLE)].filter((element) => !element.closest('[inert]') && element.getClientRects().length > 0);
}

/** Tab goes round inside `box`. For its keydown. */
export function keepInside(event, box) {
  if (event.key !== 'Tab') return;
  const all = focusables(box);
  if (all.length === 0) return;
  const first = all[0];
  const last = all.at(-1);
  const current = document.activeElement;
  if (event.shiftKey && (current === first || current === box)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && current === last) {
    event.preventDefault();
    first.focus();
  }
}

/** F6 goes to the next part of the page, Shift+F6 to the one before. */
export function usePartKeys() {
  useEffect(() => {
    const onKey = (event) => {
      if (event.key !== 'F6') return;
      const parts = [...document.querySelectorAll('[data-part]')].filter((part) => part.getClientRects().length > 0);
      const at = parts.findIndex((part) => part.contains(document.activeElement));
      const next = parts[(at + (event.shiftKey ? -1 : 1) + parts.length) % parts.length];
      if (!next) return;
      event.preventDefault();
      (next.querySelector('[role=dialog]:not([inert])') ?? focusables(next)[0] ?? next).focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
