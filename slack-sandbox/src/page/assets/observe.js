// A tiny observable: modules change it and tell it, components read parts of it and are drawn again when
// their part changed. It knows nothing of what it holds.
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';

export function observable() {
  const listeners = new Set();
  return {
    tell() {
      for (const listener of [...listeners]) listener();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The hook over an observable: `select` must give a primitive or an object that stays the same while unchanged. */
export function useSelected(source, select) {
  const [, redraw] = useReducer((count) => count + 1, 0);
  const latest = useRef(null);
  const value = select();
  latest.current = { select, value };
  useLayoutEffect(() => {
    const check = () => {
      if (!Object.is(latest.current.select(), latest.current.value)) redraw();
    };
    check();
    return source.listen(check);
  }, []);
  return value;
}
