// Everything a person can fill in, choose and click, in modals and in messages: what the app is told of it, what
// stands on the screen when it complains, and how modals follow each other.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { actions, button, input, modal, mrkdwn, option, plain, section, startBot } from "./bot.mjs";
import { manifest, shoot, sitDown, startBrowser, startSandbox, tell } from "./stage.mjs";
import { eventually } from "./waiting.mjs";

let sandbox;
let browser;
let bot;
let ada;
before(async () => {
  [sandbox, browser] = await Promise.all([startSandbox("--manifest", manifest), startBrowser()]);
  bot = await startBot(sandbox);
  for (const name of ["bread", "cakes"]) await sandbox.control("channels", { name, people: ["ada", "grace"] });
  ada = await sitDown(browser, sandbox.address, "ada");
});
after(async () => {
  await browser?.close();
  await bot?.leaves();
  await sandbox?.stop();
});

/** Types the app's command, which opens a modal. */
async function opens(view) {
  bot.forgets();
  bot.on("/order", async ({ trigger_id: trigger }) => {
    // Not awaited: the acknowledgement does not wait for the modal.
    bot.calls("views.open", { trigger_id: trigger, view }).catch((problem) => bot.problems.push(problem));
  });
  await ada.types("/order", "Messages");
  await ada.sees(view.title.text);
}

/** Submits the modal, which closes, and gives what the app was told of it. */
async function submitted() {
  bot.on("submission form", () => undefined);
  await ada.clicks("Send");
  await ada.isFree();
  return bot.of("submission form").at(-1).view.state.values;
}

/** A story in which neither the page nor the bot may complain. */
const story = (name, run) => test(name, async () => {
  // Whatever an earlier story left open when it failed.
  while ((await sandbox.control("seen?person=ada")).modal) await sandbox.control("closes", { person: "ada" });
  await tell(`elements ${name}`.replaceAll(/\W+/g, "-"), [ada], run);
  assert.deepEqual(ada.complaints, []);
  assert.deepEqual(bot.problems, []);
});

const towns = ["Leipzig", "Lisbon", "Lagos", "Lima"].map((name) => option(name));

story("every input arrives as it was filled in", async () => {
  bot.on("suggestion it", ({ value }) => ({ options: towns.filter((town) => town.text.text.startsWith(value)) }));
  await opens(modal("Everything", [
    input("Name", { type: "plain_text_input", max_length: 40 }),
    input("Story", { type: "plain_text_input", multiline: true }),
    input("E-mail", { type: "email_text_input" }),
    input("Website", { type: "url_text_input" }),
    input("Loaves", { type: "number_input", is_decimal_allowed: false, min_value: "1", max_value: "20" }),
    input("Weight", { type: "number_input", is_decimal_allowed: true }),
    input("Letter", { type: "rich_text_input" }),
    input("Flour", { type: "static_select", placeholder: plain("Which flour"), option_groups: [
      { label: plain("Light"), options: [option("Wheat"), option("Spelt")] },
      { label: plain("Dark"), options: [option("Rye"), option("Malt")] },
    ] }),
    input("Seeds", { type: "multi_static_select", options: ["Poppy", "Sesame", "Flax"].map((name) => option(name)) }),
    input("Town", { type: "external_select", min_query_length: 2 }),
    input("Other towns", { type: "multi_external_select", min_query_length: 1 }),
    input("Baker", { type: "users_select" }),
    input("Helpers", { type: "multi_users_select" }),
    input("Where to tell", { type: "conversations_select" }),
    input("Also tell", { type: "multi_conversations_select" }),
    input("Channel", { type: "channels_select" }),
    input("More channels", { type: "multi_channels_select" }),
    input("Day", { type: "datepicker" }),
    input("Hour", { type: "timepicker" }),
    input("Moment", { type: "datetimepicker" }),
    input("Extras", { type: "checkboxes", options: [option("Sliced"), option("Wrapped"), option("As a gift")] }),
    input("Size", { type: "radio_buttons", options: [option("Small"), option("Large")] }),
    input("Recipe", { type: "file_input", filetypes: ["txt", "md"], max_files: 2 }),
  ]));
  await ada.fills("Name", "Ada’s <b>bread</b> & butter");
  await ada.fills("Story", "First line\nSecond line");
  await ada.fills("E-mail", "ada@example.com");
  await ada.fills("Website", "https://example.com/bread");
  await ada.fills("Loaves", "3");
  await ada.fills("Weight", "1.25");
  await ada.fills("Letter", "Dear baker");
  await ada.chooses("Flour", "Rye");
  await ada.choosesAll("Seeds", "Sesame", "Poppy");
  await ada.chooses("Town", "Lisbon");
  await ada.choosesAll("Other towns", "Leipzig", "Lima");
  await ada.chooses("Baker", "Grace Hopper");
  await ada.choosesAll("Helpers", "Tu Youyou", "Katherine Johnson");
  await ada.chooses("Where to tell", "#bread");
  await ada.choosesAll("Also tell", "#cakes", "#bread");
  await ada.chooses("Channel", "#cakes");
  await ada.choosesAll("More channels", "#bread");
  await ada.input("Day").fill("2026-12-24");
  await ada.input("Hour").fill("07:05");
  await ada.input("Moment").fill("2026-07-01T09:30");
  await ada.ticks("Extras", "Sliced", "Wrapped", "As a gift");
  await ada.ticks("Extras", "Wrapped");
  await ada.ticks("Size", "Large");
  await ada.attaches("Recipe", { "rye.txt": "Flour, water, salt", "glaze.md": "# Glaze" });
  await shoot(ada, "every-input-light");
  const values = await submitted();

  const { channels } = await bot.calls("conversations.list");
  const [bread, cakes] = ["bread", "cakes"].map((name) => channels.find((each) => each.name === name).id);
  const { people } = sandbox;
  const { files } = values.recipe.it;
  assert.deepEqual(files.map((file) => [file.name, file.size, file.user]), [["rye.txt", 18, people.ada], ["glaze.md", 7, people.ada]]);
  const first = await fetch(files[0].url_private_download, { headers: { authorization: `Bearer ${sandbox.botToken}` } });
  assert.equal(await first.text(), "Flour, water, salt");
  const held = (type, key, value) => ({ it: { type, [key]: value } });
  assert.deepEqual(values, {
    name: held("plain_text_input", "value", "Ada’s <b>bread</b> & butter"),
    story: held("plain_text_input", "value", "First line\nSecond line"),
    "e-mail": held("email_text_input", "value", "ada@example.com"),
    website: held("url_text_input", "value", "https://example.com/bread"),
    loaves: held("number_input", "value", "3"),
    weight: held("number_input", "value", "1.25"),
    letter: held("rich_text_input", "rich_text_value", {
      type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "Dear baker" }] }],
    }),
    flour: held("static_select", "selected_option", option("Rye")),
    seeds: held("multi_static_select", "selected_options", [option("Sesame"), option("Poppy")]),
    town: held("external_select", "selected_option", option("Lisbon")),
    "other-towns": held("multi_external_select", "selected_options", [option("Leipzig"), option("Lima")]),
    baker: held("users_select", "selected_user", people.grace),
    helpers: held("multi_users_select", "selected_users", [people.tu, people.katherine]),
    "where-to-tell": held("conversations_select", "selected_conversation", bread),
    "also-tell": held("multi_conversations_select", "selected_conversations", [cakes, bread]),
    channel: held("channels_select", "selected_channel", cakes),
    "more-channels": held("multi_channels_select", "selected_channels", [bread]),
    day: held("datepicker", "selected_date", "2026-12-24"),
    hour: held("timepicker", "selected_time", "07:05"),
    // Half past nine in London's summer.
    moment: held("datetimepicker", "selected_date_time", Date.UTC(2026, 6, 1, 8, 30) / 1000),
    extras: held("checkboxes", "selected_options", [option("Sliced"), option("As a gift")]),
    size: held("radio_buttons", "selected_option", option("Large")),
    recipe: { it: { type: "file_input", files } },
  });
});

story("what is left empty arrives as Slack sends emptiness, and initial values stand there already", async () => {
  await opens(modal("Empty and full", [
    ...[
      input("Empty text", { type: "plain_text_input" }), input("Empty number", { type: "number_input", is_decimal_allowed: false }),
      input("Empty choice", { type: "static_select", options: [option("One")] }),
      input("Empty choices", { type: "multi_static_select", options: [option("One")] }),
      input("Empty person", { type: "users_select" }), input("Empty people", { type: "multi_users_select" }),
      input("Empty day", { type: "datepicker" }), input("Empty boxes", { type: "checkboxes", options: [option("One")] }),
      input("Empty buttons", { type: "radio_buttons", options: [option("One")] }), input("Empty files", { type: "file_input" }),
    ].map((block) => ({ ...block, optional: true })),
    input("Full text", { type: "plain_text_input", initial_value: "as before" }, { hint: plain("Keep it short") }),
    input("Full choice", { type: "static_select", options: [option("One"), option("Two")], initial_option: option("Two") }),
    input("Full choices", { type: "multi_static_select", options: [option("One"), option("Two")], initial_options: [option("One"), option("Two")] }),
    input("Full person", { type: "users_select", initial_user: sandbox.people.tu }),
    input("Full day", { type: "datepicker", initial_date: "2026-02-28" }),
    input("Full hour", { type: "timepicker", initial_time: "13:15" }),
    input("Full boxes", { type: "checkboxes", options: [option("One"), option("Two")], initial_options: [option("Two")] }),
    input("Full buttons", { type: "radio_buttons", options: [option("One"), option("Two")], initial_option: option("One") }),
  ]));
  assert.equal(await ada.input("Full text").inputValue(), "as before");
  assert.deepEqual(await ada.described("Full text"), ["Keep it short"], "the hint belongs to the input");
  assert.equal(await ada.input("Full choice").inputValue(), "Two");
  for (const chip of ["Remove One", "Remove Two"]) await ada.dialog().getByRole("button", { name: chip }).waitFor();
  assert.equal(await ada.input("Full person").inputValue(), "Tu Youyou");
  assert.equal(await ada.input("Full day").inputValue(), "2026-02-28");
  assert.equal(await ada.input("Full hour").inputValue(), "13:15");
  assert.deepEqual(await Promise.all(["One", "Two"].map((label) => ada.group("Full boxes").getByLabel(label).isChecked())), [false, true]);
  assert.deepEqual(await Promise.all(["One", "Two"].map((label) => ada.group("Full buttons").getByLabel(label).isChecked())), [true, false]);
  assert.equal(await ada.dialog().getByText("(optional)").count(), 10);
  await ada.dialog().getByRole("button", { name: "Remove One" }).click();
  const values = await submitted();
  const held = (type, key, value) => ({ it: { type, [key]: value } });
  assert.deepEqual(values, {
    "empty-text": held("plain_text_input", "value", null),
    "empty-number": held("number_input", "value", null),
    "empty-choice": held("static_select", "selected_option", null),
    "empty-choices": held("multi_static_select", "selected_options", []),
    "empty-person": held("users_select", "selected_user", null),
    "empty-people": held("multi_users_select", "selected_users", []),
    "empty-day": held("datepicker", "selected_date", null),
    "empty-boxes": held("checkboxes", "selected_options", []),
    "empty-buttons": held("radio_buttons", "selected_option", null),
    "empty-files": held("file_input", "files", []),
    "full-text": held("plain_text_input", "value", "as before"),
    "full-choice": held("static_select", "selected_option", option("Two")),
    "full-choices": held("multi_static_select", "selected_options", [option("Two")]),
    "full-person": held("users_select", "selected_user", sandbox.people.tu),
    "full-day": held("datepicker", "selected_date", "2026-02-28"),
    "full-hour": held("timepicker", "selected_time", "13:15"),
    "full-boxes": held("checkboxes", "selected_options", [option("Two")]),
    "full-buttons": held("radio_buttons", "selected_option", option("One")),
  });
});

story("required inputs, limits and the app's complaints stand at their inputs", async () => {
  await opens(modal("Careful", [
    input("Reason", { type: "plain_text_input", min_length: 5, max_length: 10 }),
    input("Count", { type: "number_input", is_decimal_allowed: false, min_value: "2", max_value: "9" }),
    input("E-mail", { type: "email_text_input" }),
    input("Website", { type: "url_text_input" }),
    input("Choice", { type: "static_select", options: [option("One")] }),
    input("Boxes", { type: "checkboxes", options: [option("Agreed")] }),
    input("Note", { type: "plain_text_input" }, { optional: true }),
  ]));
  await ada.clicks("Send");
  const required = ["Complete this required field."];
  for (const label of ["Reason", "Count", "E-mail", "Website", "Choice"]) {
    await eventually(async () => assert.deepEqual(await ada.described(label), required, label));
    assert.equal(await ada.input(label).getAttribute("aria-invalid"), "true");
  }
  assert.equal(await ada.dialog().getByText(required[0]).count(), 6, "the boxes too, the optional note not");
  await eventually(async () => assert.ok(await ada.input("Reason").evaluate((field) => field === document.activeElement), "the first wrong input has the focus"));
  assert.deepEqual(bot.of("submission form"), [], "the app is not asked");

  await ada.fills("Reason", "why");
  assert.deepEqual(await ada.described("Reason"), [], "the complaint goes when somebody types");
  await ada.fills("Count", "12");
  await ada.fills("E-mail", "nobody");
  await ada.fills("Website", "example");
  await ada.chooses("Choice", "One");
  await ada.ticks("Boxes", "Agreed");
  await ada.clicks("Send");
  await eventually(async () => assert.deepEqual(await ada.described("Reason"), ["Write at least 5 characters."]));
  assert.deepEqual(await ada.described("Count"), ["Enter 9 or less."]);
  assert.deepEqual(await ada.described("E-mail"), ["Enter a valid e-mail address."]);
  assert.deepEqual(await ada.described("Website"), ["Enter a valid address (https://…)."]);
  await ada.fills("Reason", "");
  await ada.input("Reason").pressSequentially("longer than ten");
  assert.equal(await ada.input("Reason").inputValue(), "longer tha", "no more can be typed");
  await ada.fills("Count", "2.5");
  await ada.clicks("Send");
  await eventually(async () => assert.deepEqual(await ada.described("Count"), ["Enter a whole number."]));
  assert.deepEqual(bot.of("submission form"), [], "the app is still not asked");

  await ada.fills("Count", "4");
  await ada.fills("E-mail", "ada@example.com");
  await ada.fills("Website", "https://example.com");
  bot.on("submission form", () => ({ response_action: "errors", errors: { reason: "Somebody said this already", choice: "Sold out" } }));
  await ada.clicks("Send");
  await eventually(async () => assert.deepEqual(await ada.described("Reason"), ["Somebody said this already"]));
  assert.deepEqual(await ada.described("Choice"), ["Sold out"]);
  assert.deepEqual(await ada.described("Count"), []);
  assert.equal(await ada.input("Reason").inputValue(), "longer tha", "what was typed is still there");
  await shoot(ada, "errors-light");
  await ada.fills("Reason", "because");
  const values = await submitted();
  assert.equal(values.reason.it.value, "because");
});

story("modals are updated, pushed, closed and cleared", async () => {
  const note = (label) => input(label, { type: "plain_text_input" });
  await opens(modal("First", [note("Topic"), section("Step one")], { notify_on_close: true }));
  await ada.fills("Topic", "Bread");
  bot.on("submission form", () => ({ response_action: "update", view: modal("First, again", [note("Topic"), section("Step two")]) }));
  await ada.clicks("Send");
  await ada.sees("First, again");
  assert.equal(await ada.input("Topic").inputValue(), "Bread", "the same input keeps what was typed");
  await ada.shows("Step two");

  bot.on("submission form", () => ({ response_action: "push", view: modal("Second", [note("Detail")], { notify_on_close: true }) }));
  await ada.clicks("Send");
  await ada.sees("Second");
  assert.equal(await ada.pane().locator('[role="dialog"]').count(), 2);
  assert.equal(await ada.pane().locator('[role="dialog"][inert]').getAttribute("aria-label"), "First, again", "only the top one can be used");
  await ada.fills("Detail", "not sent");
  await ada.page.keyboard.press("Escape");
  await ada.pane().getByRole("dialog", { name: "Second" }).waitFor({ state: "detached" });
  const closed = await bot.hears("closing form");
  assert.equal(closed.is_cleared, false);
  assert.equal(closed.view.title.text, "Second");
  assert.equal(await ada.input("Topic").inputValue(), "Bread", "the one below is there as before");

  bot.on("submission form", () => ({ response_action: "push", view: modal("Third", [note("Detail")]) }));
  await ada.clicks("Send");
  await ada.sees("Third");
  const third = bot.of("submission form").at(-1).view;
  await ada.fills("Detail", "kept");
  await eventually(async () => assert.equal((await sandbox.control("seen?person=ada")).modal.values.detail.it.value, "kept"));
  const topmost = (await sandbox.control("seen?person=ada")).modal;
  assert.notEqual(topmost.id, third.id);
  await bot.calls("views.update", { view_id: topmost.id, view: modal("Third, later", [note("Detail"), section("Fresh")]) });
  await ada.sees("Third, later");
  assert.equal(await ada.input("Detail").inputValue(), "kept", "an update from elsewhere keeps it too");
  bot.on("submission form", () => ({ response_action: "clear" }));
  await ada.clicks("Send");
  await ada.isFree();
});

story("inputs that tell the app at once, and the app's answer in the open modal", async () => {
  const count = (dispatched, label = "Loaves") => modal("At once", [
    input(label, { type: "plain_text_input", action_id: "typed", dispatch_action_config: { trigger_actions_on: ["on_enter_pressed"] } }, { dispatch_action: true }),
    input("Letters", { type: "plain_text_input", action_id: "letters", dispatch_action_config: { trigger_actions_on: ["on_character_entered"] } }, { dispatch_action: true, optional: true }),
    input("Flour", { type: "static_select", action_id: "flour", options: [option("Rye"), option("Wheat")] }, { dispatch_action: true }),
    section(dispatched),
  ]);
  bot.on("click typed", ({ view, actions: [action] }) => {
    bot.calls("views.update", { view_id: view.id, hash: view.hash, view: count(`You typed ${action.value}`) }).catch((problem) => bot.problems.push(problem));
  });
  await opens(count("Nothing yet"));
  await ada.fills("Loaves", "four");
  assert.deepEqual(bot.of("click typed"), []);
  await ada.input("Loaves").press("Enter");
  await ada.shows("You typed four");
  const [typed] = (await bot.hears("click typed")).actions;
  assert.deepEqual({ ...typed, action_ts: "" }, { type: "plain_text_input", action_id: "typed", block_id: "loaves", value: "four", action_ts: "" });
  await ada.input("Letters").pressSequentially("ab");
  await eventually(() => assert.equal(bot.of("click letters").at(-1)?.actions[0].value, "ab"));
  await ada.chooses("Flour", "Wheat");
  const chosen = await bot.hears("click flour");
  assert.deepEqual(chosen.actions[0].selected_option, option("Wheat"));
  assert.equal(chosen.view.state.values.loaves.typed.value, "four");
  await ada.clicks("Cancel");
  await ada.isFree();
});

story("buttons, menus and selects in messages", async () => {
  const { channel, ts } = await bot.says(sandbox.people.ada, "Fresh bread", { blocks: [
    section("*Fresh bread*", { accessory: { type: "overflow", action_id: "more", options: [option("Recipe"), option("Baker")] } }),
    actions(
      button("Buy", "buy", { value: "rye", style: "primary" }), button("Throw away", "throw", { style: "danger", value: "rye",
        confirm: { title: plain("Throw it away?"), text: mrkdwn("It is *gone* then"), confirm: plain("Throw"), deny: plain("Keep"), style: "danger" } }),
      button("Look", "look", { value: "rye" }),
      { type: "static_select", action_id: "slices", placeholder: plain("How thick"), options: [option("Thin"), option("Thick")] },
      { type: "datepicker", action_id: "day", initial_date: "2026-05-01" },
      { type: "checkboxes", action_id: "boxes", options: [option("Sliced")] },
    ),
  ] });
  await ada.goes("Messages");
  const message = ada.message("Fresh bread");
  await message.waitFor();
  bot.forgets();

  assert.match(await message.getByRole("button", { name: "Buy" }).getAttribute("class"), /\bprimary\b/);
  assert.match(await message.getByRole("button", { name: "Throw away" }).getAttribute("class"), /\bdanger\b/);
  await message.getByRole("button", { name: "Buy" }).click();
  const bought = await bot.hears("click buy");
  assert.deepEqual({ ...bought.actions[0], action_ts: "" },
    { type: "button", action_id: "buy", block_id: "row", value: "rye", style: "primary", text: plain("Buy"), action_ts: "" });
  assert.deepEqual([bought.channel.id, bought.message.ts, bought.user.id], [channel, ts, sandbox.people.ada]);

  await message.getByRole("button", { name: "Throw away" }).click();
  const question = ada.page.getByRole("dialog", { name: "Throw it away?" });
  assert.match(await question.innerText(), /It is gone then/);
  await shoot(ada, "confirm-light");
  await question.getByRole("button", { name: "Keep" }).click();
  await question.waitFor({ state: "detached" });
  await message.getByRole("button", { name: "Look" }).click();
  await bot.hears("click look");
  assert.deepEqual(bot.of("click throw"), [], "kept is kept");
  await message.getByRole("button", { name: "Throw away" }).click();
  await question.getByRole("button", { name: "Throw" }).click();
  assert.equal((await bot.hears("click throw")).actions[0].value, "rye");

  await ada.picksFromMenu(message.getByRole("button", { name: "More actions", exact: true }), "Baker");
  assert.deepEqual((await bot.hears("click more")).actions[0].selected_option, option("Baker"));

  await message.getByRole("combobox", { name: "How thick" }).click();
  await ada.page.getByRole("option", { name: "Thick" }).click();
  assert.deepEqual((await bot.hears("click slices")).actions[0].selected_option, option("Thick"));
  await message.getByLabel("Date").fill("2026-05-02");
  assert.equal((await bot.hears("click day")).actions[0].selected_date, "2026-05-02");
  await message.getByLabel("Sliced").check();
  const ticked = await bot.hears("click boxes");
  assert.deepEqual(ticked.actions[0].selected_options, [option("Sliced")]);
  assert.deepEqual(ticked.state.values.row, {
    slices: { type: "static_select", selected_option: option("Thick") },
    day: { type: "datepicker", selected_date: "2026-05-02" },
    boxes: { type: "checkboxes", selected_options: [option("Sliced")] },
  });
  await ada.page.reload();
  await message.waitFor();
  assert.equal(await message.getByRole("combobox").inputValue(), "Thick", "a reload still shows what was chosen");
  assert.equal(await message.getByLabel("Sliced").isChecked(), true);
});

story("the Home tab is read, filled in and clicked", async () => {
  bot.on("event app_home_opened", async ({ event }) => {
    if (event.tab !== "home") return;
    bot.calls("views.publish", { user_id: event.user, view: { type: "home", blocks: [
      section(`Good morning <@${event.user}>`), actions(button("Bake", "bake", { value: "1" })),
      input("Wish", { type: "plain_text_input", action_id: "wish" }),
    ] } }).catch((problem) => bot.problems.push(problem));
  });
  await ada.goes("Home");
  await ada.shows("Good morning @ada");
  await ada.pane().getByLabel("Wish").fill("more rye");
  await ada.pane().getByLabel("Wish").blur();
  await eventually(async () => assert.equal((await sandbox.control("seen?person=ada")).home.values.wish.wish.value, "more rye"));
  await ada.clicks("Bake");
  const clicked = await bot.hears("click bake");
  assert.equal(clicked.view.type, "home");
  assert.equal(clicked.view.state.values.wish.wish.value, "more rye");
});
