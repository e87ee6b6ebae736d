// The way every module draws: htm bound to Preact, and a memo that compares properties one by one.
// It holds no state and knows nothing of the workspace.
import { Component, createContext, Fragment, h, render } from 'preact';
import htm from 'htm';

export const html = htm.bind(h);
export { createContext, Fragment, render };

/** A component that is drawn again only when one of its properties is another value. */
export function memo(Inner) {
  return class Memo extends Component {
    shouldComponentUpdate(next) {
      const before = this.props;
      for (const key in next) if (!Object.is(next[key], before[key])) return true;
      for (const key in before) if (!(key in next)) return true;
      return false;
    }

    render(properties) {
      return h(Inner, properties);
    }
  };
}

/** Class names joined, the empty ones left out. */
export function classes(...names) {
  return names.filter(Boolean).join(' ');
}

let counted = 0;
/** An id that no other element of the page has. */
export function freshId(prefix) {
  counted += 1;
  return `${prefix}-${counted}`;
}
