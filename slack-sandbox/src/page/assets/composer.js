// Where a person types: commands with their hints, mentions of people and channels, drafts, global shortcuts.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { classes, freshId, html } from './html.js';
import { icon } from './icons.js';
import { Menu } from './menu.js';
import { attempt, deed } from './deeds.js';
import { toast } from './toasts.js';
import { draftKey, draftOf, setDraft, useDraft } from './drafts.js';
import { useWorld, world } from './store.js';
import { Avatar, kindName } from './people.js';

const MOST = 8;

/** What the text before the caret asks for: a command, a person or a channel. */
function suggestions(text, caret, thread) {
  const before = text.slice(0, caret);
  const command = !thread && /^\/\S*$/.test(before) && before;
  if (command) {
    return world.workspace.commands
      .filter((each) => each.command.startsWith(command))
      .map((each) => ({ insert: `${each.command} `, from: 0, text: each.command, aside: each.usage_hint, description: each.description }));
  }
  const found = /(?:^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!found) return [];
  const [, sign, typed] = found;
  const from = caret - typed.length - 1;
  const wanted = typed.toLowerCase();
  if (sign === '#') {
    return [...world.conversations.values()]
      .filter((each) => each.kind === 'public_channel' && each.name.startsWith(wanted))
      .map((each) => ({ insert: `#${each.name} `, from, text: `#${each.name}` }));
  }
  return [...world.people.values()]
    .filter((each) => each.kind !== 'deactivated' && (each.handle.startsWith(wanted) || each.name.toLowerCase().split(/\s+/).some((word) => word.startsWith(wanted))))
    .map((each) => ({ insert: `@${each.handle} `, from, text: each.name, aside: `@${each.handle}`, description: kindName(each), before: html`<${Avatar} person=${each} size="small" />` }));
}

export function Composer({ eye, channelId, thread, name }) {
  const person = eye.viewer;
  const key = draftKey(person.id, channelId, thread);
  const text = useDraft(key);
  const workspace = useWorld((state) => state.workspace);
  const field = useRef(null);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [put, setPut] = useState(false);
  const listId = useMemo(() => freshId('suggestions'), []);
  const list = useMemo(() => (put ? [] : suggestions(text, caret, thread).slice(0, MOST)), [text, caret, put, thread]);

  useEffect(() => {
    const box = field.current;
    // Empty, the placeholder must not make it higher.
    box.style.height = '';
    if (text) box.style.height = `${Math.min(box.scrollHeight, 220)}px`;
  }, [text]);

  const type = (value, at) => {
    setDraft(key, value);
    setCaret(at);
    setActive(0);
    setPut(false);
  };
  const complete = (option) => {
    const after = text.slice(caret).replace(/^\S*\s?/, '');
    const value = text.slice(0, option.from) + option.insert + after;
    const at = option.from + option.insert.length;
    type(value, at);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(at, at);
    });
  };
  const send = async () => {
    const said = draftOf(key).trim();
    if (!said) return;
    setDraft(key, '');
    const command = said.startsWith('/');
    try {
      await deed('says', { person: person.id, channel: channelId, text: said, ...(thread ? { thread_ts: thread } : {}) });
    } catch (error) {
      // A command's failure is told by Slackbot in the conversation; everything else must not get lost.
      if (command && error.slack !== 'unreachable') return;
      toast(error.message, 'alert');
      if (!draftOf(key)) setDraft(key, said);
    }
  };
  const onKeyDown = (event) => {
    if (event.isComposing) return;
    if (list.length > 0) {
      const steps = { ArrowDown: 1, ArrowUp: list.length - 1 };
      const exact = list[active]?.from === 0 && text.trim() === list[active].text;
      if (event.key in steps) {
        event.preventDefault();
        setActive((active + steps[event.key]) % list.length);
        return;
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        setPut(true);
        return;
      }
      // A command typed out in full is sent by Enter, not completed once more.
      if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey && !exact)) {
        event.preventDefault();
        complete(list[active]);
        return;
      }
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };

  const typed = /^(\/\S+)\s/.exec(text)?.[1];
  const command = !thread && workspace.commands.find((each) => each.command === typed);
  const shortcuts = workspace.shortcuts.filter((shortcut) => shortcut.type === 'global').map((shortcut) => ({
    text: shortcut.name,
    description: shortcut.description,
    run: () => attempt('shortcut', { person: person.id, callback_id: shortcut.callback_id }),
  }));
  const label = thread ? 'Reply in the thread' : `Message ${name}`;
  return html`<div class="composer-frame">
    ${list.length > 0 && html`<div class="suggestions" id=${listId} role="listbox" aria-label="Suggestions" onMouseDown=${(event) => event.preventDefault()}>
      ${list.map((option, index) => html`<div role="option" key=${option.insert} id="${listId}-${index}" aria-selected=${index === active}
        class=${classes('list-option', index === active && 'active')} onMouseEnter=${() => setActive(index)} onClick=${() => complete(option)}>
        ${option.before}<span class="list-text"><span><strong>${option.text}</strong> <span class="soft">${option.aside}</span></span>
          ${option.description && html`<small>${option.description}</small>`}</span></div>`)}
    </div>`}
    ${command && html`<p class="usage" role="status"><code>${command.command}${command.usage_hint ? ` ${command.usage_hint}` : ''}</code> ${command.description}</p>`}
    <div class="composer">
      ${shortcuts.length > 0 && !thread && html`<${Menu} label="Shortcuts" items=${shortcuts} side="left" className="plain">${icon('bolt')}<//>`}
      <textarea ref=${field} rows="1" value=${text} placeholder=${label} aria-label=${label} aria-autocomplete="list" data-composer=${channelId}
        aria-controls=${list.length > 0 ? listId : null} aria-activedescendant=${list.length > 0 ? `${listId}-${active}` : null}
        onInput=${(event) => type(event.target.value, event.target.selectionStart)}
        onClick=${(event) => setCaret(event.target.selectionStart)} onKeyUp=${(event) => setCaret(event.target.selectionStart)}
        onBlur=${() => setPut(true)} onFocus=${() => setPut(false)} onKeyDown=${onKeyDown}></textarea>
      <button type="button" class="plain send" aria-label="Send" disabled=${!text.trim()} onClick=${send}>${icon('send')}</button>
    </div>
  </div>`;
}
