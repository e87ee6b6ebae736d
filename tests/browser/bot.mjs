// A small app of the tests' own, by hand over Socket Mode and the Web API, as any client library would do it.
// It keeps every payload it hears and answers as a test tells it: quickly, slowly, wrongly or not at all.

import WebSocket from "ws";

import { eventually } from "./waiting.mjs";

/** What a reaction returns when the bot is not to acknowledge. */
export const silence = Symbol("silence");

/** What a payload is about, in a word or two: `/order`, `click go`, `submission form`, `event message`, … */
function subjectOf({ type, payload }) {
  if (type === "slash_commands") return payload.command;
  if (type === "events_api") return `event ${payload.event.type}`;
  switch (payload.type) {
    case "block_actions": return `click ${payload.actions[0].action_id}`;
    case "block_suggestion": return `suggestion ${payload.action_id}`;
    case "view_submission": return `submission ${payload.view.callback_id}`;
    case "view_closed": return `closing ${payload.view.callback_id}`;
    default: return `${payload.type} ${payload.callback_id}`;
  }
}

/** Everything structured becomes JSON in a form, which every method takes. */
function formOf(given) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) form.set(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  return form;
}

export class Bot {
  #socket;
  #reactions = new Map();

  constructor(sandbox) {
    this.sandbox = sandbox;
    this.heard = [];
    this.problems = [];
  }

  /** Calls a method and gives the answer, whatever it says. */
  async tries(method, given = {}, token = this.sandbox.botToken) {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${this.sandbox.api}/${method}`, { method: "POST", headers, body: formOf(given) });
    return response.json();
  }

  /** Calls a method that must succeed. */
  async calls(method, given, token) {
    const answer = await this.tries(method, given, token);
    if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Posts a message: text, or blocks with their text for notifications. */
  says(channel, text, more = {}) {
    return this.calls("chat.postMessage", { channel, text, ...more });
  }

  async connects() {
    const { url } = await this.calls("apps.connections.open", {}, this.sandbox.appToken);
    this.#socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      this.#socket.once("error", reject);
      this.#socket.on("message", (text) => {
        const frame = JSON.parse(text);
        if (frame.type === "hello") resolve();
        else if (frame.envelope_id) this.#hears(frame).catch((problem) => this.problems.push(problem));
      });
    });
    return this;
  }

  async #hears(envelope) {
    const subject = subjectOf(envelope);
    this.heard.push({ subject, payload: envelope.payload });
    const answer = await this.#reactions.get(subject)?.(envelope.payload);
    if (answer === silence) return;
    this.#socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, ...(answer === undefined ? {} : { payload: answer }) }));
  }

  /** From now on: what it does about a subject. What the reaction returns is acknowledged with. */
  on(subject, reaction) {
    this.#reactions.set(subject, reaction);
    return this;
  }

  /** What it has heard about a subject. */
  of(subject) {
    return this.heard.filter((heard) => heard.subject === subject).map((heard) => heard.payload);
  }

  /** Waits until it has heard about a subject that many times and gives the last payload. */
  hears(subject, times = 1) {
    return eventually(() => {
      const found = this.of(subject);
      if (found.length < times) throw new Error(`heard ${found.length} of ${times} ${subject}; there was: ${this.heard.map((heard) => heard.subject).join(", ")}`);
      return found.at(-1);
    });
  }

  forgets() {
    this.heard.length = 0;
  }

  leaves() {
    return new Promise((resolve) => {
      if (!this.#socket || this.#socket.readyState === WebSocket.CLOSED) return resolve();
      this.#socket.once("close", resolve);
      this.#socket.close();
    });
  }
}

/** A bot that is connected to a sandbox and has said hello to everybody, so that their Messages tab is open. */
export async function startBot(sandbox) {
  const bot = await new Bot(sandbox).connects();
  for (const id of Object.values(sandbox.people)) await bot.says(id, "Hello");
  return bot;
}

// Pieces of Block Kit, as short as can be.

export const plain = (text) => ({ type: "plain_text", text, emoji: true });
export const mrkdwn = (text) => ({ type: "mrkdwn", text });
export const option = (text, value = text.toLowerCase()) => ({ text: plain(text), value });
export const button = (text, action_id, more = {}) => ({ type: "button", text: plain(text), action_id, ...more });
export const section = (text, more = {}) => ({ type: "section", text: mrkdwn(text), ...more });
export const actions = (...elements) => ({ type: "actions", block_id: "row", elements });
export const input = (label, element, more = {}) => ({
  type: "input", block_id: label.toLowerCase().replaceAll(" ", "-"), label: plain(label), element: { action_id: "it", ...element }, ...more,
});
export const modal = (title, blocks, more = {}) => ({
  type: "modal", callback_id: "form", title: plain(title), submit: plain("Send"), blocks, ...more,
});
