// Somebody in front of their own window, who does what people do: reads, types, clicks, chooses.
// Everything is found by what is written on it, as a person or a screen reader would find it.

import { expectText } from "./waiting.mjs";

export class Seat {
  constructor(page, handle) {
    this.page = page;
    this.handle = handle;
  }

  /** The pane of this window's person, or of somebody else who is shown in it. */
  pane(handle = this.handle) {
    return this.page.locator(`[data-pane="${handle}"]`);
  }

  /** Goes to a place in the sidebar: Home, Messages, a channel or a person. */
  async goes(place, handle = this.handle) {
    const button = this.pane(handle).getByRole("navigation").getByRole("button", { name: new RegExp(`^\\W*${place}\\b`) });
    await button.first().click();
  }

  /** Types into a conversation and sends it with Enter. */
  async types(text, place = "general") {
    await this.goes(place);
    const composer = this.pane().locator("textarea[data-composer]").first();
    await composer.fill(text);
    await composer.press("End");
    await composer.press("Escape");
    await composer.press("Enter");
  }

  /** The newest message that shows a text. */
  message(text) {
    return this.pane().locator("[data-message]").filter({ hasText: text }).last();
  }

  /** Waits until a message shows a text. */
  async reads(text) {
    await this.message(text).waitFor();
    return this.message(text).innerText();
  }

  /** Clicks a button: in the modal when there is one, else in the newest place that has it. */
  async clicks(label, within = undefined) {
    const place = within ?? ((await this.dialog().count()) > 0 ? this.dialog() : this.pane());
    await place.getByRole("button", { name: label, exact: true }).last().click();
  }

  /** The modal in front. */
  dialog() {
    return this.pane().locator('[role="dialog"]:not([inert])');
  }

  /** Waits for a modal with this title. */
  async sees(title) {
    await this.pane().getByRole("dialog", { name: title }).waitFor();
  }

  /** Types into an input of the modal. */
  async fills(label, text) {
    await this.dialog().getByRole("textbox", { name: label, exact: true }).fill(text);
  }

  /** Chooses an option of a select by typing some of it, or a radio button, or ticks a box. */
  async chooses(label, option) {
    const select = this.dialog().getByRole("combobox", { name: label, exact: true });
    if ((await select.count()) > 0) {
      await select.click();
      await select.fill(option);
      await this.page.getByRole("option", { name: option }).first().click();
      return;
    }
    const group = this.dialog().getByRole("radiogroup", { name: label }).or(this.dialog().getByRole("group", { name: label }));
    await group.getByLabel(option, { exact: true }).check();
  }

  /** Chooses several options of a select that takes several, then leaves its list. */
  async choosesAll(label, ...options) {
    const select = this.dialog().getByRole("combobox", { name: label, exact: true });
    await select.click();
    for (const option of options) {
      await select.fill(option);
      await this.page.getByRole("option", { name: option }).first().click();
    }
    await select.press("Escape");
  }

  /** Ticks boxes of a group, or takes the ticks away. */
  async ticks(label, ...options) {
    for (const option of options) await this.group(label).getByLabel(option).click();
  }

  /** A group of boxes or radio buttons of the modal. */
  group(label) {
    return this.dialog().getByRole("radiogroup", { name: label, exact: true }).or(this.dialog().getByRole("group", { name: label, exact: true }));
  }

  /** An input of the modal by its label. */
  input(label) {
    return this.dialog().getByLabel(label, { exact: true });
  }

  /** Attaches files from memory: name to text. */
  async attaches(label, files) {
    const given = Object.entries(files).map(([name, text]) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) }));
    await this.input(label).setInputFiles(given);
    for (const name of Object.keys(files)) await this.dialog().getByRole("button", { name: `Remove ${name}` }).waitFor();
  }

  /** What is written with an input: its hint, its error. */
  async described(label) {
    const ids = (await this.input(label).getAttribute("aria-describedby")) ?? "";
    const texts = await Promise.all(ids.split(" ").filter(Boolean).map((id) => this.page.locator(`[id="${id}"]`).innerText()));
    return texts.map((text) => text.trim());
  }

  /** Waits until there is no modal. */
  async isFree() {
    await this.pane().getByRole("dialog").waitFor({ state: "detached" });
  }

  /** Chooses from the menu behind a button. */
  async picksFromMenu(button, item) {
    await button.click();
    await this.page.getByRole("menuitem", { name: item }).click();
  }

  /** Puts a time or a date into its picker. */
  async picks(label, value) {
    await this.dialog().getByLabel(label, { exact: false }).first().fill(value);
  }

  /** Turns the clock by one of its buttons and closes the list of what happened. */
  async turns(label = "Next thing that happens") {
    await this.page.locator("[data-clock]").getByRole("button", { name: label }).click();
    // The app works off everything that was due on the way.
    const list = this.page.getByRole("region", { name: "What happened" });
    await list.waitFor({ timeout: 60_000 });
    const happened = await list.innerText();
    await list.getByRole("button", { name: "Close what happened" }).click();
    return happened;
  }

  /** Turns the clock until somebody is sent something that says this. */
  async turnsUntil(text) {
    for (let turn = 0; turn < 20; turn += 1) {
      const happened = await this.turns();
      if (happened.includes(text)) return happened;
    }
    throw new Error(`nothing that says ${text} has happened in twenty turns`);
  }

  /** Waits until the whole window shows a text. */
  async shows(text) {
    await expectText(this.page, text);
  }

  async leaves() {
    await this.page.context().close();
  }
}
