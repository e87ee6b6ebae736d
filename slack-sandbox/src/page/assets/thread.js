// The panel beside a conversation that shows one thread and lets one reply in it.
import { useEffect, useRef } from 'preact/hooks';
import { html } from './html.js';
import { icon } from './icons.js';
import { MessageList } from './conversation.js';
import { Composer } from './composer.js';

export function Thread({ eye, channelId, thread, onClose, silent }) {
  const close = useRef(null);
  useEffect(() => {
    const before = document.activeElement;
    const pane = close.current.closest('[data-pane]');
    close.current.focus({ preventScroll: true });
    // Back to what opened it, unless the focus has gone elsewhere.
    return () => requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      const opener = before?.isConnected && before !== document.body ? before : pane.querySelector('[data-composer]');
      opener?.focus({ preventScroll: true });
    });
  }, [thread]);
  return html`<aside class="thread" aria-label="Thread, ${eye.viewer.name}" onKeyDown=${(event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose();
  }}>
    <header class="bar"><h3>Thread</h3>
      <button type="button" class="plain" ref=${close} aria-label="Close thread" onClick=${onClose}>${icon('close')}</button></header>
    <${MessageList} eye=${eye} channelId=${channelId} thread=${thread} />
    ${!silent && html`<${Composer} key=${channelId + thread} eye=${eye} channelId=${channelId} thread=${thread} name="thread" />`}
  </aside>`;
}
