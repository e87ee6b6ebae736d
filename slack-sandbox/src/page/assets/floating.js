// Where a list or menu floats beside its control: fixed on the page, flipped up when there is little room
// below, so that no scrolling box around it cuts it off. It draws nothing itself.
import { useLayoutEffect } from 'preact/hooks';

/** Keeps `floating` at `anchor` while open. `side` is the edge they share. */
export function useFloating(open, anchor, floating, { side = 'left', wide = false } = {}) {
  useLayoutEffect(() => {
    if (!open || !anchor.current || !floating.current) return undefined;
    const put = () => {
      const around = anchor.current.getBoundingClientRect();
      const { style } = floating.current;
      const width = wide ? Math.max(around.width, 220) : floating.current.offsetWidth;
      if (wide) style.width = `${Math.min(width, innerWidth - 16)}px`;
      const start = side === 'left' ? around.left : around.right - width;
      style.left = `${Math.max(8, Math.min(start, innerWidth - width - 8))}px`;
      const below = innerHeight - around.bottom - 12;
      const above = around.top - 12;
      const up = below < 180 && above > below;
      style.maxHeight = `${Math.min(320, up ? above : below)}px`;
      style.top = up ? 'auto' : `${around.bottom + 4}px`;
      style.bottom = up ? `${innerHeight - around.top + 4}px` : 'auto';
    };
    put();
    addEventListener('scroll', put, true);
    addEventListener('resize', put);
    return () => {
      removeEventListener('scroll', put, true);
      removeEventListener('resize', put);
    };
  });
}
