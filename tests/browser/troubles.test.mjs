// What people see when something goes wrong: reloads and two tabs at once, an app that is slow, silent or wrong, a
// workspace that is gone, a clock that cannot run backwards, a port that is taken.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { actions, button, input, modal, option, section, silence, startBot } from "./bot.mjs";
import { manifest, run, shoot, sitDown, startBrowser, startSandbox, tell } from "./stage.mjs";
import { eventually } from "./waiting.mjs";

let sandbox;
let browser;
let bot;
before(async () => {
  [sandbox, browser] = await Promise.all([startSandbox("--manifest", manifest), startBrowser()]);
  bot = await startBot(sandbox);
});
after(async () => {
  await browser?.close();
  await bot?.leaves();
  await sandbox?.stop();
});

/** A story with people in windows of their own, which are closed afterwards. */
const story = (name, people, tells) => test(name, async () => {
  const seats = await Promise.all(people.map((handle) => sitDown(browser, sandbox.address, handle)));
  // Whatever an earlier story left behind when it failed.
  bot.forgets();
  for (const subject of ["/order", "click buy", "submission form"]) bot.on(subject, () => undefined);
  for (const handle of new Set(people)) while ((await sandbox.control(`seen?person=${handle}`)).modal) await sandbox.control("closes", { person: handle });
  try {
    await tell(`troubles ${name}`.replaceAll(/\W+/g, "-"), seats, () => tells(...seats));
    for (const seat of seats) assert.deepEqual(seat.complaints, []);
    assert.deepEqual(bot.problems, []);
  } finally {
    for (const seat of seats) await seat.leaves();
  }
});

const form = modal("An order", [
  input("Bread", { type: "plain_text_input" }), input("Wishes", { type: "plain_text_input", multiline: true }),
  input("Flour", { type: "static_select", options: [option("Rye"), option("Wheat")] }),
]);

/** Somebody opens the order form in their own window. */
async function opens(seat, view = form) {
  bot.on("/order", ({ trigger_id: trigger }) => {
    bot.calls("views.open", { trigger_id: trigger, view }).catch((problem) => bot.problems.push(problem));
  });
  await seat.types("/order", "Messages");
  await seat.sees(view.title.text);
}

/** Waits until the workspace holds these texts of the open modal. */
const holds = (handle, texts) => eventually(async () => {
  const { values } = (await sandbox.control(`seen?person=${handle}`)).modal;
  for (const [block, text] of Object.entries(texts)) assert.equal(values[block].it.value, text);
});

/** A window that hears nothing new while `deaf` is true. */
async function deafen(seat) {
  const ear = { deaf: false };
  await seat.page.routeWebSocket(/\/page\/feed$/, (ours) => {
    const theirs = ours.connectToServer();
    theirs.onMessage((frame) => { if (!ear.deaf) ours.send(frame); });
    ear.close = () => ours.close();
  });
  await seat.page.reload();
  await seat.page.locator("[data-pane]").waitFor();
  return ear;
}

story("a reload in the middle of a form loses nothing", ["ada"], async (ada) => {
  await opens(ada);
  await ada.fills("Bread", "Rye, the dark one");
  await ada.chooses("Flour", "Rye");
  await ada.input("Wishes").pressSequentially("No nuts\nThank you");
  await holds("ada", { bread: "Rye, the dark one", wishes: "No nuts\nThank you" });
  await ada.page.reload();
  await ada.sees("An order");
  assert.equal(await ada.input("Bread").inputValue(), "Rye, the dark one");
  assert.equal(await ada.input("Wishes").inputValue(), "No nuts\nThank you");
  assert.equal(await ada.input("Flour").inputValue(), "Rye");
  await ada.clicks("Send");
  await ada.isFree();
  const { values } = bot.of("submission form")[0].view.state;
  assert.deepEqual([values.bread.it.value, values.wishes.it.value, values.flour.it.selected_option], ["Rye, the dark one", "No nuts\nThank you", option("Rye")]);
});

story("what is typed into a message field survives a reload", ["ada"], async (ada) => {
  await ada.goes("Messages");
  const composer = ada.pane().locator("textarea[data-composer]");
  await composer.fill("Not sent yet");
  await ada.page.reload();
  await composer.waitFor();
  assert.equal(await composer.inputValue(), "Not sent yet");
  await composer.fill("");
});

story("two tabs of one person: each sees what the other does, nothing typed is lost", ["ada", "ada"], async (left, right) => {
  await opens(left);
  await right.sees("An order");
  await Promise.all([left.fills("Bread", "typed on the left"), right.fills("Wishes", "typed on the right")]);
  await eventually(async () => {
    assert.equal(await right.input("Bread").inputValue(), "typed on the left");
    assert.equal(await left.input("Wishes").inputValue(), "typed on the right");
  });
  // Both at once, letter by letter, into different fields.
  await Promise.all([left.input("Bread").pressSequentially(" and more", { delay: 20 }), right.input("Wishes").pressSequentially(" and more", { delay: 20 })]);
  await right.chooses("Flour", "Wheat");
  await holds("ada", { bread: "typed on the left and more", wishes: "typed on the right and more" });
  await eventually(async () => assert.equal(await left.input("Flour").inputValue(), "Wheat"));
  await left.clicks("Send");
  await left.isFree();
  await right.isFree();
  const { values } = bot.of("submission form")[0].view.state;
  assert.deepEqual([values.bread.it.value, values.wishes.it.value], ["typed on the left and more", "typed on the right and more"]);

  await opens(right);
  await left.sees("An order");
  await right.clicks("Cancel");
  await left.isFree();
});

story("who acts on what is gone is told so", ["ada"], async (ada) => {
  const ear = await deafen(ada);
  const { channel, ts } = await bot.says(sandbox.people.ada, "Last loaf", { blocks: [section("Last loaf"), actions(button("Buy", "buy"))] });
  await ada.goes("Messages");
  await ada.reads("Last loaf");
  ear.deaf = true;
  await bot.calls("chat.update", { channel, ts, text: "Sold out", blocks: [section("Sold out")] });
  await ada.message("Last loaf").getByRole("button", { name: "Buy" }).click();
  await ada.page.locator("[data-toast]").getByText("This is no longer there.").waitFor();
  assert.match(await ada.message("Last loaf").innerText(), /This is no longer there\./, "at the button too");
  assert.deepEqual(bot.of("click buy"), []);
  await ada.page.reload();
  ear.deaf = false;
  await ada.reads("Sold out");

  await opens(ada);
  await ada.fills("Bread", "Rye");
  await ada.fills("Wishes", "None");
  await ada.chooses("Flour", "Rye");
  await holds("ada", { wishes: "None" });
  ear.deaf = true;
  await sandbox.control("closes", { person: "ada" });
  await ada.clicks("Send");
  await ada.dialog().getByRole("alert").getByText(/^\s*This (form is no longer open|is no longer there)\./).waitFor();
  assert.deepEqual(bot.of("submission form"), []);
});

story("an app that does not answer in time: a command, a button, a form", ["ada", "grace", "tu"], async (ada, grace, tu) => {
  const { channel, ts } = await bot.says(sandbox.people.grace, "Fresh rolls", { blocks: [section("Fresh rolls"), actions(button("Buy", "buy"))] });
  await opens(tu);
  await tu.fills("Bread", "Rye");
  await tu.fills("Wishes", "Soon");
  await tu.chooses("Flour", "Rye");
  await grace.goes("Messages");
  await grace.reads("Fresh rolls");
  bot.on("/order", () => silence).on("click buy", () => silence).on("submission form", () => silence);
  await ada.types("/order three", "Messages");
  await grace.clicks("Buy", grace.message("Fresh rolls"));
  assert.equal(await grace.message("Fresh rolls").getByRole("button", { name: "Buy" }).getAttribute("aria-busy"), "true", "it shows that it waits");
  await tu.clicks("Send");
  const line = await ada.reads("/order failed because the app did not respond.");
  assert.match(line, /Only visible to you[\s\S]*Slackbot/);
  await shoot(ada, "slow-command-light");
  await grace.message("Fresh rolls").getByText("This app took too long to respond.").waitFor();
  await shoot(grace, "slow-button-light");
  await tu.dialog().getByRole("alert").getByText("We had some trouble connecting. Try again?").waitFor();
  await shoot(tu, "slow-submission-light");
  assert.equal(await tu.input("Bread").inputValue(), "Rye", "the form is as it was");

  // The second try is answered.
  bot.on("submission form", () => undefined);
  bot.on("click buy", () => { bot.calls("chat.update", { channel, ts, text: "Sold", blocks: [section("Sold"), actions(button("Buy", "buy"))] }).catch((problem) => bot.problems.push(problem)); });
  await tu.clicks("Send");
  await tu.isFree();
  await grace.message("Fresh rolls").getByRole("button", { name: "Buy" }).click();
  assert.doesNotMatch(await grace.reads("Sold"), /too long/, "the warning goes with the answer");
  const rules = (await sandbox.control("violations")).map((violation) => violation.rule);
  assert.equal(rules.filter((rule) => rule === "ack_within_3s").length, 3);
});

story("an app that sends what Slack does not take is told so, and the log says why", ["ada"], async (ada) => {
  const answer = await bot.tries("chat.postMessage", { channel: sandbox.people.ada, text: "Broken", blocks: [{ type: "section" }] });
  assert.equal(answer.error, "invalid_blocks");
  assert.match(answer.response_metadata.messages[0], /json-pointer:\/blocks\/0/);
  const toggle = ada.page.getByRole("button", { name: /^Log/ });
  await eventually(async () => assert.match(await toggle.innerText(), /\d+ violations?/));
  await toggle.click();
  const log = ada.page.getByRole("region", { name: "Log" });
  await log.getByRole("button", { name: "Problems" }).click();
  const violation = log.getByRole("button", { name: /Violation.*invalid_blocks.*chat\.postMessage: \[ERROR\]/ });
  await violation.last().click();
  await log.getByRole("region", { name: /^Log entry/ }).getByText(/json-pointer/).first().waitFor();
  await log.getByRole("button", { name: /From the app.*chat\.postMessage.*invalid_blocks/ }).last().click();
  await log.getByRole("region", { name: /^Log entry/ }).getByText('"text": "Broken"').waitFor();
  await shoot(ada, "log-violation-light");
  await log.getByRole("button", { name: "Close the log" }).click();
  await ada.goes("Messages");
  assert.equal(await ada.message("Broken").count(), 0);

  await opens(ada);
  await ada.fills("Bread", "Rye");
  await ada.fills("Wishes", "None");
  await ada.chooses("Flour", "Rye");
  const wrong = [
    { response_action: "update", view: { type: "modal", title: { type: "plain_text", text: "x".repeat(40) }, blocks: [] } },
    { response_action: "errors", errors: { nowhere: "No such input" } },
    { response_action: "dance" },
  ];
  for (const [index, payload] of wrong.entries()) {
    bot.on("submission form", () => payload);
    await ada.clicks("Send");
    await bot.hears("submission form", index + 1);
    await ada.dialog().getByRole("alert").getByText(/We had some trouble connecting\. Try again\?/).waitFor();
    assert.equal(await ada.input("Bread").inputValue(), "Rye");
    // The sentence goes when somebody types on.
    await ada.fills("Wishes", `None ${index}`);
    await eventually(async () => assert.equal(await ada.dialog().getByRole("alert").innerText(), ""));
  }
  const rules = (await sandbox.control("violations")).map((violation) => violation.rule);
  for (const rule of ["invalid_blocks", "invalid_response_action"]) assert.ok(rules.includes(rule), `${rule} is among ${rules}`);
  bot.on("submission form", () => undefined);
  await ada.clicks("Send");
  await ada.isFree();
});

story("an app that is not connected", ["ada"], async (ada) => {
  const banner = ada.page.getByText("The app is not connected: commands and buttons will not be answered.");
  assert.equal(await banner.count(), 0);
  await bot.leaves();
  await banner.waitFor();
  await shoot(ada, "not-connected-light");
  await ada.types("/order", "Messages");
  await ada.reads("/order failed because the app did not respond.");
  await bot.connects();
  await banner.waitFor({ state: "detached" });
});

story("a feed that breaks off comes back by itself", ["ada"], async (ada) => {
  const ear = await deafen(ada);
  await ada.goes("Messages");
  const composer = ada.pane().locator("textarea[data-composer]");
  await composer.fill("half a sent");
  // Nothing answers until the banner has been seen.
  await ada.page.routeWebSocket(/\/page\/feed$/, (ours) => ours.close());
  ear.close();
  await ada.page.getByRole("alert").getByText("The workspace is gone. Reconnecting …").waitFor();
  await bot.says(sandbox.people.ada, "Said in between");
  await ada.page.routeWebSocket(/\/page\/feed$/, (ours) => { ours.connectToServer(); });
  await ada.reads("Said in between");
  await ada.page.getByText("The workspace is gone.").waitFor({ state: "detached" });
  assert.equal(await composer.inputValue(), "half a sent");
});

story("an address that names nobody says so", ["ada"], async (ada) => {
  await ada.page.goto(`${sandbox.address}/?people=nobody`);
  await ada.page.locator("[data-toast]").getByText("Nobody who can sit here is called @nobody.").waitFor();
  assert.equal(await ada.page.title(), "Bakery · Sandbox");
});

test("a workspace that is stopped", async () => {
  const short = await startSandbox();
  const ada = await sitDown(browser, short.address, "ada");
  await short.stop();
  await ada.page.getByRole("alert").getByText("The workspace is gone. Reconnecting …").waitFor();
  await shoot(ada, "gone-light");
  await ada.page.getByRole("button", { name: "+1 hour" }).click();
  await ada.page.locator("[data-toast]").getByText("The workspace cannot be reached just now. Try again in a moment.").waitFor();
  await ada.leaves();
});

story("the clock turns forward only", ["ada"], async (ada) => {
  const start = Date.parse((await sandbox.control("clock")).now);
  // Half a minute past, so that the beginning of this very minute lies behind.
  const stands = new Date(Math.ceil(start / 60_000) * 60_000 + 90_000);
  await sandbox.control("clock", { to: stands.toISOString() });
  const refused = await sandbox.control("clock", { to: new Date(start - 3_600_000).toISOString() });
  assert.match(refused.error, /^the clock stands at \S+ and turns forward only$/);
  assert.match((await sandbox.control("clock", { minutes: 60 * 24 * 400 })).error, /at most 370 days ahead/);
  const clock = ada.page.locator("[data-clock]");
  const minute = stands.toISOString().slice(0, 16);
  await eventually(async () => assert.equal((await clock.locator("time").getAttribute("datetime")).slice(0, 16), minute));
  await clock.getByLabel("Go to (UTC)").fill(minute);
  await clock.getByRole("button", { name: "Go to" }).click();
  await ada.page.locator("[data-toast]").getByText(/the clock stands at \S+ and turns forward only/).waitFor();
  await clock.getByRole("button", { name: "+1 hour" }).click();
  await ada.page.getByRole("region", { name: "What happened" }).getByText("nobody was sent anything").waitFor();
  const later = Date.parse((await sandbox.control("clock")).now);
  assert.ok(later >= stands.getTime() + 3_600_000, "an hour later");
});

test("a port that is taken is named", async () => {
  const { port } = new URL(sandbox.address);
  for (const [program, ...given] of [["slack-sandbox", "--port", port], ["mentor", "demo", "--port", port]]) {
    const { code, said } = await run(program, ...given);
    assert.equal(code, 1, said);
    assert.match(said, new RegExp(`\\b${port}\\b.*(taken|use)`), `${program}: ${said}`);
  }
});
