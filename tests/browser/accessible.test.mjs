// The page for everybody: what axe finds on each screen in light and dark, the first steps by keyboard alone, what is
// said aloud, and stillness for those who ask for it. Keeps a picture of every screen.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import test, { after, before } from "node:test";

import { shoot, sitDown, startBrowser, startDemo, tell } from "./stage.mjs";
import { eventually } from "./waiting.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let demo;
let browser;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** What axe has against the page as it stands. */
async function violations(seat) {
  if (!(await seat.page.evaluate(() => "axe" in window))) await seat.page.evaluate(axe);
  const { violations: found } = await seat.page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.flatMap(({ id, impact, help, nodes }) => nodes.map((node) => ({ impact, line: `${impact}: ${id}: ${help}: ${node.target.join(" ")} ${node.failureSummary.replace(/\s+/g, " ")}` })));
}

/** Looks at a screen in both themes: a picture and axe's opinion of each. */
async function looked(t, seat, name) {
  const themed = await seat.page.evaluate(() => document.documentElement.dataset.theme);
  const grave = [];
  for (const theme of ["light", "dark"]) {
    // Not by the button, which would close what is open.
    await seat.page.evaluate((wanted) => { document.documentElement.dataset.theme = wanted; }, theme);
    await shoot(seat, `${name}-${theme}`);
    for (const { impact, line } of await violations(seat)) {
      if (["serious", "critical"].includes(impact)) grave.push(`${theme}: ${line}`);
      else t.diagnostic(`${name}, ${theme}: ${line}`);
    }
  }
  await seat.page.evaluate((before) => { document.documentElement.dataset.theme = before; }, themed);
  assert.deepEqual(grave, [], name);
}

const screens = (name, handles, options, look) => test(name, async (t) => {
  const seat = await sitDown(browser, demo.address, handles, options);
  try {
    await tell(`accessible ${name}`.replaceAll(/\W+/g, "-"), [seat], () => look((screen) => looked(t, seat, screen), seat));
    assert.deepEqual(seat.complaints, []);
  } finally {
    await seat.leaves();
  }
});

screens("Home, Messages and About", "ada", {}, async (looks, ada) => {
  await ada.goes("Home");
  await ada.pane().locator(".block").first().waitFor();
  await looks("screen-home");
  await ada.types("/mentor help");
  await ada.reads("What you can type");
  for (const text of ["First word", "Second word"]) await ada.types(text);
  await ada.reads("Second word");
  await looks("screen-channel");
  await ada.goes("Messages");
  await ada.pane().getByRole("tabpanel", { name: "Messages" }).waitFor();
  await looks("screen-messages");
  await ada.pane().getByRole("tab", { name: "About" }).click();
  await ada.shows("Commands");
  await looks("screen-about");
});

screens("a form with complaints", "ada", {}, async (looks, ada) => {
  await ada.types("/mentor ask @grace");
  await ada.sees("Ask for mentoring");
  await looks("screen-form");
  await ada.clicks("Send");
  await ada.shows("Complete this required field");
  await looks("screen-form-errors");
  await ada.clicks("Cancel");
  await ada.isFree();
});

screens("suggestions, a list to choose from, a thread", "ada", {}, async (looks, ada) => {
  await ada.goes("general");
  const composer = ada.pane().locator("textarea[data-composer]");
  await composer.pressSequentially("/men");
  await ada.page.getByRole("listbox", { name: "Suggestions" }).waitFor();
  await looks("screen-suggestions");
  await composer.fill("");
  await composer.pressSequentially("Hello @gr");
  await ada.page.getByRole("option", { name: /Grace/ }).waitFor();
  await looks("screen-mentions");
  await composer.fill("");
  await ada.pane().getByRole("combobox", { name: "Person in this pane" }).click();
  await ada.page.getByRole("option").first().waitFor();
  await looks("screen-people");
  await ada.page.keyboard.press("Escape");
  await ada.types("A word to answer");
  const word = ada.message("A word to answer");
  await word.hover();
  await word.getByRole("button", { name: "More actions for this message" }).click();
  await ada.page.getByRole("menu").waitFor();
  await looks("screen-message-menu");
  await ada.page.keyboard.press("Escape");
  await word.getByRole("button", { name: "Reply in thread" }).click();
  const reply = ada.pane().getByRole("complementary", { name: /^Thread/ }).getByRole("textbox");
  await reply.fill("An answer");
  await reply.press("Enter");
  await ada.shows("1 reply");
  await looks("screen-thread");
});

screens("the log with an entry, what happened", "ada", {}, async (looks, ada) => {
  await ada.types("/mentor help");
  await ada.reads("What you can type");
  await ada.page.getByRole("button", { name: /^Log/ }).click();
  const log = ada.page.getByRole("region", { name: "Log" });
  await log.getByRole("button", { name: /slash_commands/ }).last().click();
  await log.locator(".log-json").waitFor();
  await looks("screen-log");
  await log.getByRole("button", { name: "Close the log" }).click();
  await ada.page.locator("[data-clock]").getByRole("button", { name: "Next thing that happens" }).click();
  await ada.page.getByRole("region", { name: "What happened" }).waitFor({ timeout: 60_000 });
  await looks("screen-happened");
});

screens("two panes with the tour", "ada,grace", {}, async (looks, ada) => {
  await ada.page.goto(`${demo.address}/?people=ada,grace&theme=light`);
  await ada.pane("grace").waitFor();
  await ada.page.getByRole("complementary", { name: "Guided tour" }).waitFor();
  await looks("screen-two-panes-tour");
});

screens("a narrow window", "ada", { width: 420, height: 800 }, async (looks, ada) => {
  await ada.pane().getByRole("button", { name: /^All places/ }).click();
  await looks("screen-narrow-places");
  await ada.goes("general");
  const composer = ada.pane().locator("textarea[data-composer]");
  await composer.fill("Narrow words");
  await composer.press("Enter");
  await ada.reads("Narrow words");
  await looks("screen-narrow");
  const { scrolls, wide } = await ada.page.evaluate(() => ({ scrolls: document.documentElement.scrollWidth, wide: innerWidth }));
  assert.ok(scrolls <= wide, `nothing is cut off at the side: ${scrolls} of ${wide}`);
});

/** Presses Tab until something has the focus. */
async function tabsTo(seat, place, key = "Tab") {
  const passed = [];
  for (let pressed = 0; pressed < 80; pressed += 1) {
    if ((await place.count()) > 0 && (await place.first().evaluate((element) => element === document.activeElement))) return;
    await seat.page.keyboard.press(key);
    passed.push(await seat.page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText?.slice(0, 40) ?? document.activeElement.tagName));
  }
  throw new Error(`never came to it by ${key}; there was: ${passed.join(", ")}`);
}

test("the first steps by keyboard alone", async () => {
  const katherine = await sitDown(browser, demo.address, "katherine");
  const { keyboard } = katherine.page;
  const focused = (locator) => eventually(async () => assert.ok(await locator.first().evaluate((element) => element === document.activeElement)), 3000);
  await tell("accessible-keyboard", [katherine], async () => {
    await tabsTo(katherine, katherine.pane().getByRole("navigation").getByRole("button", { name: /general/ }));
    await keyboard.press("Enter");
    const composer = katherine.pane().locator("textarea[data-composer]");
    await composer.waitFor();
    await tabsTo(katherine, composer);
    // The list of commands completes with Tab, and Escape puts it away.
    await keyboard.type("/men");
    await katherine.page.getByRole("listbox", { name: "Suggestions" }).waitFor();
    await keyboard.press("Tab");
    await eventually(async () => assert.equal(await composer.inputValue(), "/mentor "));
    await focused(composer);
    await keyboard.type("ask @gra");
    await katherine.page.getByRole("option", { name: /Grace/ }).waitFor();
    await keyboard.press("Escape");
    await keyboard.type("ce");
    await keyboard.press("Escape");
    await keyboard.press("Enter");
    await katherine.sees("Ask for mentoring");
    assert.ok(await katherine.dialog().evaluate((dialog) => dialog.contains(document.activeElement)), "the dialog has the focus");
    const why = katherine.dialog().getByRole("textbox", { name: "What I want to work on" });
    await tabsTo(katherine, why);
    const send = katherine.dialog().getByRole("button", { name: "Send", exact: true });
    await tabsTo(katherine, send);
    await keyboard.press("Enter");
    await katherine.shows("Complete this required field");
    await focused(why);
    // Round and round: Tab never leaves the dialog.
    for (let pressed = 0; pressed < 25; pressed += 1) {
      await keyboard.press("Tab");
      assert.ok(await katherine.dialog().evaluate((dialog) => dialog.contains(document.activeElement)));
    }
    await tabsTo(katherine, why, "Shift+Tab");
    await keyboard.type("Reading other people's plans");
    await tabsTo(katherine, send);
    await keyboard.press("Enter");
    await katherine.sees("Sent");
    await eventually(async () => assert.ok(await katherine.dialog().evaluate((dialog) => dialog.contains(document.activeElement)), "the button that had the focus is gone, the dialog keeps it"), 3000);
    await keyboard.press("Escape");
    await katherine.isFree();
    await focused(composer);
  });
  await katherine.leaves();
});

test("Escape gives the focus back, arrows move in menus and lists", async () => {
  const ada = await sitDown(browser, demo.address, "ada");
  const { keyboard } = ada.page;
  const isFocused = (locator) => eventually(async () => assert.ok(await locator.first().evaluate((element) => element === document.activeElement)), 3000);
  await tell("accessible-escape", [ada], async () => {
    await ada.types("A word with a menu");
    const word = ada.message("A word with a menu");
    const menu = word.getByRole("button", { name: "More actions for this message" });
    await tabsTo(ada, menu, "Shift+Tab");
    await keyboard.press("Enter");
    await isFocused(ada.page.getByRole("menuitem"));
    await keyboard.press("Escape");
    await isFocused(menu);
    await tabsTo(ada, word.getByRole("button", { name: "Reply in thread" }), "Shift+Tab");
    await keyboard.press("Enter");
    const thread = ada.pane().getByRole("complementary", { name: /^Thread/ });
    await thread.waitFor();
    await eventually(async () => assert.ok(await thread.evaluate((panel) => panel.contains(document.activeElement))));
    await keyboard.press("Escape");
    await thread.waitFor({ state: "detached" });
    const person = ada.pane().getByRole("combobox", { name: "Person in this pane" });
    await tabsTo(ada, person);
    await keyboard.press("ArrowDown");
    await ada.page.getByRole("listbox").waitFor();
    const first = await person.getAttribute("aria-activedescendant");
    await keyboard.press("ArrowDown");
    await eventually(async () => assert.notEqual(await person.getAttribute("aria-activedescendant"), first));
    await keyboard.press("Escape");
    await ada.page.getByRole("listbox").waitFor({ state: "detached" });
    await isFocused(person);
    // F6 goes through the parts of the page.
    const parts = new Set();
    for (let pressed = 0; pressed < 4; pressed += 1) {
      await keyboard.press("F6");
      parts.add(await ada.page.evaluate(() => [...document.querySelectorAll("[data-part]")].findIndex((part) => part.contains(document.activeElement))));
    }
    assert.ok(parts.size >= 2 && !parts.has(-1), `${[...parts]}`);
  });
  await ada.leaves();
});

test("the focus comes back after a thread is closed", async () => {
  const ada = await sitDown(browser, demo.address, "ada");
  await ada.types("A word with a thread");
  const reply = ada.message("A word with a thread").getByRole("button", { name: "Reply in thread" });
  await tabsTo(ada, reply, "Shift+Tab");
  await ada.page.keyboard.press("Enter");
  await ada.pane().getByRole("complementary", { name: /^Thread/ }).waitFor();
  await ada.page.keyboard.press("Escape");
  await eventually(async () => assert.ok(await reply.evaluate((element) => element === document.activeElement)), 3000);
  await ada.leaves();
});

test("new messages and complaints are said aloud", async () => {
  const [ada, grace] = await Promise.all([sitDown(browser, demo.address, "ada"), sitDown(browser, demo.address, "grace")]);
  await tell("accessible-aloud", [ada, grace], async () => {
    await grace.goes("general");
    const said = grace.pane().getByRole("log", { name: "New messages" });
    await said.waitFor({ state: "attached" });
    assert.equal(await said.getAttribute("aria-live"), "polite");
    assert.equal((await said.innerText()).trim(), "", "what was there before is not read out");
    await ada.types("Good morning everybody");
    await eventually(async () => assert.match(await said.innerText(), /^Ada.*: Good morning everybody$/));
    assert.equal((await ada.pane().getByRole("log", { name: "New messages" }).innerText()).trim(), "", "one's own words are not");
    await ada.page.evaluate(() => import("/page/assets/deeds.js").then(({ attempt }) => attempt("clock", { minutes: -60 })));
    await ada.page.getByRole("alert").getByText(/turns forward only/).waitFor();
  });
  await Promise.all([ada.leaves(), grace.leaves()]);
});

test("who asks for stillness gets it", async () => {
  const moving = async (reducedMotion) => {
    const context = await browser.newContext({ reducedMotion });
    const page = await context.newPage();
    await page.goto(`${demo.address}/?people=ada`);
    const bar = page.locator(".tour-progress span");
    await bar.waitFor({ state: "attached" });
    const found = await bar.evaluate((element) => {
      const style = getComputedStyle(element);
      return style.transitionDuration.split(",").some((length) => Number.parseFloat(length) > 0) && style.transitionProperty !== "none";
    });
    await context.close();
    return found;
  };
  assert.equal(await moving("no-preference"), true);
  assert.equal(await moving("reduce"), false);
});
