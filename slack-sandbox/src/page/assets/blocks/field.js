// What all interactive elements share: the surface they stand on, and a value that is the server's until the
// person changes it here. It draws nothing.
import { createContext } from '../html.js';
import { useContext, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { deed } from '../deeds.js';
import { confirmed } from '../confirm.js';
import { toast } from '../toasts.js';

/** {eye, surface, target, values, errors, missing, drafts} of the message, modal or Home around. */
export const Surroundings = createContext(null);

const TOO_SLOW = 'This app took too long to respond.';
const UNANSWERED = ['operation_timeout', 'dispatch_failed'];

/**
 * Values of an element. `read(entry)` takes the local form out of the server's state, `initial` is used while the
 * server has none, `send(local)` gives the protocol's form. `delay` waits for more typing; `hold` sends only with
 * `commit()`.
 */
export function useField(block, element, { read, initial = null, send = (value) => value, delay = 0, hold = false }) {
  const around = useContext(Surroundings);
  const entry = around.values?.[block.block_id]?.[element.action_id];
  const server = entry === undefined || entry === null ? initial : read(entry);
  const serverText = JSON.stringify(server ?? null);
  const [draft, setDraft] = useState(undefined);
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const [, redraw] = useReducer((count) => count + 1, 0);
  const state = useRef({ timer: 0, running: 0, unsent: false, value: null, turn: Promise.resolve(), gone: false }).current;
  const draftName = `${block.block_id} ${element.action_id}`;

  // The server's newer value wins as soon as nothing of ours is on its way.
  useEffect(() => {
    if (state.running > 0 || state.unsent) return;
    setDraft(undefined);
    around.drafts?.delete(draftName);
  }, [serverText]);
  useEffect(() => () => {
    state.gone = true;
    clearTimeout(state.timer);
    around.drafts?.delete(draftName);
  }, []);

  const actions = useMemo(() => ({
    /** Changes go one after the other: one that overtook the change before it would be undone by that one. */
    inTurn(body) {
      const turn = state.turn.then(() => {
        if (state.gone) return null;
        const { eye, target } = state.around;
        return deed('acts', { person: eye.viewer.id, target, block_id: block.block_id, action_id: element.action_id, ...body });
      });
      state.turn = turn.catch(() => {});
      return turn;
    },
    async deliver(value) {
      clearTimeout(state.timer);
      state.unsent = false;
      state.running += 1;
      setTrouble('');
      setBusy(true);
      try {
        await actions.inTurn({ value });
      } catch (error) {
        setTrouble(UNANSWERED.includes(error.slack) ? TOO_SLOW : error.message);
        // Half-typed text is told at the field alone.
        if (!UNANSWERED.includes(error.slack) && !delay) toast(error.message, 'alert');
      } finally {
        state.running -= 1;
        setBusy(state.running > 0);
      }
    },
    /** What is not kept now goes along with the submission. */
    keep(value) {
      actions.inTurn({ value, dispatch: false }).catch(() => {});
    },
  }), [block.block_id, element.action_id]);
  state.around = around;

  const change = async (value) => {
    if (element.confirm && !(await confirmed(element.confirm, around.eye))) {
      // The browser has ticked or typed already: drawn again, the field shows what it was.
      redraw();
      return;
    }
    setDraft(value);
    const sent = send(value);
    state.value = sent;
    around.drafts?.set(draftName, { block_id: block.block_id, action_id: element.action_id, value: sent });
    around.changed?.(block.block_id);
    clearTimeout(state.timer);
    if (hold) {
      state.unsent = true;
      // Kept for a reload; the app hears of it with Enter or the submission.
      state.timer = setTimeout(() => actions.keep(sent), delay);
    } else if (delay > 0) {
      state.unsent = true;
      state.timer = setTimeout(() => actions.deliver(sent), delay);
    } else actions.deliver(sent);
  };
  /** Sends what still waits; `always` also when nothing changed since (Enter pressed twice). */
  const commit = (always) => {
    if (state.unsent) actions.deliver(state.value);
    else if (always) actions.deliver(draft === undefined ? send(server) : send(draft));
  };

  return { value: draft === undefined ? server : draft, change, commit, busy, trouble, around };
}

/** A click on a button: no value, a confirmation first, a triangle when the app does not answer. */
export function usePress(block, element) {
  const around = useContext(Surroundings);
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  // What the app changed since is its answer after all.
  useEffect(() => setTrouble(''), [block]);
  const press = async (value) => {
    if (!(await confirmed(element.confirm, around.eye))) return;
    setBusy(true);
    setTrouble('');
    try {
      await deed('acts', { person: around.eye.viewer.id, target: around.target, block_id: block.block_id, action_id: element.action_id,
        ...(value === undefined ? {} : { value }) });
    } catch (error) {
      const slow = UNANSWERED.includes(error.slack);
      setTrouble(slow ? TOO_SLOW : `This app responded with an error. ${error.message}`);
      if (!slow) toast(error.message, 'alert');
    } finally {
      setBusy(false);
    }
  };
  return { press, busy, trouble, around };
}
