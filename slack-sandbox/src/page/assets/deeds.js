// What a person at the page does, sent to the server. One function per kind of asking; it keeps no state
// and draws nothing, but says what went wrong as a toast where the caller does not want to do so itself.
import { toast } from './toasts.js';

class DeedError extends Error {
  constructor(sentence, slack, answer) {
    super(sentence);
    this.slack = slack;
    this.answer = answer;
  }
}

const UNREACHABLE = 'The workspace cannot be reached just now. Try again in a moment.';

async function answered(asking) {
  let response;
  let answer = {};
  try {
    response = await asking;
    answer = await response.json();
  } catch {
    if (!response) throw new DeedError(UNREACHABLE, 'unreachable', {});
  }
  if (response.ok) return answer;
  throw new DeedError(answer.error || `That did not work (${response.status}).`, answer.slack ?? null, answer);
}

/** Does something and gives the server's answer; throws a DeedError with a sentence for people. */
export function deed(name, body) {
  const headers = { 'content-type': 'application/json' };
  return answered(fetch(`/page/${name}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** The same, but a failure becomes a toast and the answer `null`. */
export async function attempt(name, body) {
  try {
    return await deed(name, body);
  } catch (error) {
    toast(error.message, 'alert');
    return null;
  }
}

export function upload(person, file) {
  const query = new URLSearchParams({ name: file.name, person });
  return answered(fetch(`/page/uploads?${query}`, { method: 'POST', body: file }));
}

export function logRecord(number) {
  return answered(fetch(`/page/log/${number}`));
}
