// What is typed and not yet sent, per person and conversation, kept over a reload of the tab.
// It sends nothing.
import { observable, useSelected } from './observe.js';

const source = observable();
const KEPT = 'drafts';
let drafts = {};
try {
  drafts = JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
} catch { /* A browser without storage keeps drafts until the reload. */ }

export const draftKey = (person, channel, thread) => `${person} ${channel} ${thread || ''}`;
export const draftOf = (key) => drafts[key] ?? '';
export const useDraft = (key) => useSelected(source, () => draftOf(key));

export function setDraft(key, text) {
  drafts = { ...drafts, [key]: text };
  if (!text) delete drafts[key];
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(drafts));
  } catch { /* as above */ }
  source.tell();
}
