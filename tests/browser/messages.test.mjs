// What people read: every kind of block, messages that change, threads, unread marks, conversations among people,
// shortcuts, moments in everybody's own time zone, and text that would like to be more than text.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { actions, button, input, modal, mrkdwn, option, plain, section, startBot } from "./bot.mjs";
import { manifest, shoot, sitDown, startBrowser, startSandbox, tell } from "./stage.mjs";
import { eventually } from "./waiting.mjs";

let sandbox;
let browser;
let bot;
let ada;
let grace;
before(async () => {
  [sandbox, browser] = await Promise.all([startSandbox("--manifest", manifest), startBrowser()]);
  bot = await startBot(sandbox);
  [ada, grace] = await Promise.all([sitDown(browser, sandbox.address, "ada"), sitDown(browser, sandbox.address, "grace", { theme: "dark" })]);
});
after(async () => {
  await browser?.close();
  await bot?.leaves();
  await sandbox?.stop();
});

const story = (name, run) => test(name, async () => {
  await tell(`messages ${name}`.replaceAll(/\W+/g, "-"), [ada, grace], run);
  assert.deepEqual([...ada.complaints, ...grace.complaints], []);
  assert.deepEqual(bot.problems, []);
});

/** A channel of some people in which the bot is too. */
async function channelOf(name, ...people) {
  const { channel } = await sandbox.control("channels", { name, people });
  await bot.calls("conversations.join", { channel });
  return channel;
}

/** What a message of the page says, line by line. */
const said = async (message) => (await message.locator(".message-body").innerText()).split("\n").map((line) => line.trim()).filter(Boolean);

/** The words that a part of the page marks in a way. */
const marked = (place, tag) => place.locator(tag).allInnerTexts();

story("blocks of text and pictures", async () => {
  const picture = "https://pictures.example/bread.svg";
  const asked = [];
  await ada.page.route("https://pictures.example/**", (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await bot.says(sandbox.people.ada, "All kinds of text", { blocks: [
    { type: "header", text: plain("Today’s bread") },
    section("*Rye* and _spelt_, ~not wheat~, `sliced` for <@U0GRACE00>\n> a quote\n```\nplain  text\n```\n<https://example.com/menu|the menu> & <mailto:baker@example.com|write> :cake:"),
    { type: "section", fields: [mrkdwn("*Flour*"), mrkdwn("*Price*"), mrkdwn("Rye"), plain("3 *coins*")] },
    section("With a button", { accessory: button("Taste", "taste") }),
    section("With a picture", { accessory: { type: "image", image_url: picture, alt_text: "A small loaf" } }),
    { type: "divider" },
    { type: "image", image_url: picture, alt_text: "A loaf on a table", title: plain("Our loaf") },
    { type: "context", elements: [{ type: "image", image_url: picture, alt_text: "Crumbs" }, mrkdwn("Baked by *Tu*")] },
    { type: "markdown", text: "# Recipe\n\nMix **flour** and *water*, ~~sugar~~ `salt`:\n\n- first\n- second\n\n1. one\n2. two\n\n> quoted\n\n```\ncode  here\n```\n\n[a link](https://example.com/recipe)" },
  ] });
  await ada.goes("Messages");
  const message = ada.message("Today’s bread");
  await message.waitFor();
  await message.getByRole("heading", { name: "Today’s bread" }).waitFor();
  const first = message.locator(".block").nth(1);
  assert.deepEqual(await marked(first, "strong"), ["Rye"]);
  assert.deepEqual(await marked(first, "em"), ["spelt"]);
  assert.deepEqual(await marked(first, "s"), ["not wheat"]);
  assert.deepEqual(await marked(first, "code"), ["sliced"]);
  assert.deepEqual(await marked(first, "blockquote"), ["a quote"]);
  assert.deepEqual(await marked(first, "pre"), ["plain  text"]);
  assert.deepEqual(await marked(first, ".mention"), ["@grace"]);
  assert.equal(await first.getByRole("link", { name: "the menu" }).getAttribute("href"), "https://example.com/menu");
  assert.equal(await first.getByRole("link", { name: "write" }).getAttribute("href"), "mailto:baker@example.com");
  await first.getByRole("img", { name: "cake" }).waitFor();
  const fields = message.locator(".block").nth(2);
  assert.deepEqual(await marked(fields, "strong"), ["Flour", "Price"]);
  assert.match(await fields.innerText(), /3 \*coins\*/, "plain text has no formatting");
  await message.getByRole("button", { name: "Taste" }).waitFor();
  for (const name of ["A small loaf", "A loaf on a table", "Crumbs"]) {
    // Pictures from elsewhere are not fetched: what they show and where they are stands there instead.
    assert.match(await message.getByRole("img", { name }).innerText(), new RegExp(name));
    assert.equal(await message.getByRole("img", { name }).getAttribute("title"), picture);
  }
  assert.match(await message.locator("figure").innerText(), /pictures\.example/);
  assert.deepEqual(asked, []);
  assert.equal(await message.locator("figcaption").innerText(), "Our loaf");
  assert.equal(await message.getByRole("separator").count(), 1);
  const markdown = message.locator(".block").last();
  await markdown.getByRole("heading", { name: "Recipe" }).waitFor();
  assert.deepEqual([await marked(markdown, "strong"), await marked(markdown, "em"), await marked(markdown, "s"), await marked(markdown, "code"), await marked(markdown, "li"), await marked(markdown, "blockquote"), await marked(markdown, "pre")],
    [["flour"], ["water"], ["sugar"], ["salt"], ["first", "second", "one", "two"], ["quoted"], ["code  here"]]);
  assert.equal(await markdown.getByRole("link", { name: "a link" }).getAttribute("href"), "https://example.com/recipe");
  await shoot(ada, "blocks-text-light");
});

story("rich text with all its parts", async () => {
  const text = (words, style) => ({ type: "text", text: words, ...(style && { style }) });
  const channel = await channelOf("rich", "ada", "grace");
  await bot.says(channel, "Rich text", { blocks: [{ type: "rich_text", elements: [
    { type: "rich_text_section", elements: [
      text("Plain "), text("bold", { bold: true }), text(" "), text("italic", { italic: true }), text(" "), text("struck", { strike: true }), text(" "),
      text("code", { code: true }), text(" "), { type: "user", user_id: sandbox.people.ada }, text(" in "), { type: "channel", channel_id: channel }, text(" "),
      { type: "emoji", name: "wave" }, text(" "), { type: "link", url: "https://example.com/rich", text: "a link" }, text(" "),
      { type: "color", value: "#36c5f0" }, text(" "), { type: "date", timestamp: 1_782_910_800, format: "{date_num} {time}", fallback: "then" },
    ] },
    { type: "rich_text_list", style: "bullet", indent: 0, elements: [{ type: "rich_text_section", elements: [text("outer")] }] },
    { type: "rich_text_list", style: "ordered", indent: 1, offset: 2, elements: [{ type: "rich_text_section", elements: [text("third")] }] },
    { type: "rich_text_quote", elements: [text("quoted\nin two lines")] },
    { type: "rich_text_preformatted", elements: [text("as  typed")] },
  ] }] });
  for (const [seat, moment] of [[ada, "2026-07-01 2:00 PM"], [grace, "2026-07-01 9:00 AM"]]) {
    await seat.goes("rich");
    const message = seat.message("outer");
    await message.waitFor();
    assert.deepEqual([await marked(message, "strong"), await marked(message, ".rich-text em"), await marked(message, "s"), await marked(message, "code")],
      [["bold"], ["italic"], ["struck"], ["code"]]);
    assert.deepEqual(await marked(message, ".mention"), ["@ada", "#rich"]);
    assert.equal(await message.locator(".mention.own").count(), seat === ada ? 1 : 0, "one's own name stands out");
    await message.getByRole("img", { name: "wave" }).waitFor();
    assert.equal(await message.getByRole("link", { name: "a link" }).getAttribute("href"), "https://example.com/rich");
    assert.match(await message.innerText(), /#36c5f0/);
    assert.deepEqual(await marked(message, "time.moment"), [moment], "in the reader's own time zone");
    assert.deepEqual(await marked(message, "ul.indent-0 li"), ["outer"]);
    assert.equal(await message.locator("ol.indent-1").getAttribute("start"), "3");
    assert.deepEqual(await marked(message, "blockquote"), ["quoted\nin two lines"]);
    assert.deepEqual(await marked(message, "pre"), ["as  typed"]);
  }
});

story("tables, charts and cards", async () => {
  const raw = (text) => ({ type: "raw_text", text });
  const figures = (...values) => ["Mon", "Tue", "Wed"].map((label, index) => ({ label, value: values[index] }));
  const axes = { categories: ["Mon", "Tue", "Wed"], x_label: "Day", y_label: "Loaves" };
  const series = [{ name: "Rye", data: figures(3, 5, 2) }, { name: "Spelt", data: figures(1, 4, 6) }];
  const chart = (type) => ({ type: "data_visualization", title: `Loaves as ${type}`, chart: type === "pie"
    ? { type, segments: [{ label: "Rye", value: 30 }, { label: "Spelt", value: 10 }] } : { type, series, axis_config: axes } });
  const channel = await channelOf("figures", "ada", "grace");
  await bot.says(channel, "A table", { blocks: [
    { type: "table", column_settings: [{ align: "left" }, { align: "right" }], rows: [[raw("Bread"), raw("Price")], [raw("Rye"), raw("3")], [raw("Spelt"), raw("4")]] },
  ] });
  const number = (value) => ({ type: "raw_number", value, text: String(value) });
  await bot.says(channel, "A data table", { blocks: [
    { type: "data_table", caption: "What we sold", page_size: 2, rows: [[raw("Bread"), raw("Sold")], [raw("Rye"), number(30)], [raw("Spelt"), number(4)], [raw("Wheat"), number(200)]] },
  ] });
  await bot.says(channel, "Charts", { blocks: ["pie", "bar"].map(chart) });
  await bot.says(channel, "More charts", { blocks: ["line", "area"].map(chart) });
  await ada.goes("figures");
  const table = ada.message("Price");
  await table.waitFor();
  assert.deepEqual(await marked(table, "th"), ["Bread", "Price"]);
  assert.deepEqual(await marked(table, "td"), ["Rye", "3", "Spelt", "4"]);
  assert.deepEqual(await table.locator("td").evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).textAlign)), ["left", "right", "left", "right"]);

  const sold = ada.message("What we sold");
  const column = () => marked(sold, "td:first-child");
  assert.deepEqual(await column(), ["Rye", "Spelt"]);
  await sold.getByRole("button", { name: "Next page" }).click();
  await eventually(async () => assert.deepEqual(await column(), ["Wheat"]));
  await sold.getByRole("button", { name: "Previous" }).click();
  await sold.getByRole("button", { name: "Sold" }).click();
  await eventually(async () => assert.deepEqual(await column(), ["Spelt", "Rye"], "by number, not by letter"));
  assert.equal(await sold.locator("th").nth(1).getAttribute("aria-sort"), "ascending");

  for (const type of ["pie", "bar", "line", "area"]) {
    const figure = ada.pane().locator("figure").filter({ hasText: `Loaves as ${type}` });
    const drawing = figure.getByRole("img", { name: `Loaves as ${type}` });
    await drawing.waitFor();
    const shapes = { pie: "path.slice", bar: "rect", line: "path.line", area: "path.area" }[type];
    assert.equal(await drawing.locator(shapes).count(), { pie: 2, bar: 6, line: 2, area: 2 }[type], type);
    assert.ok((await drawing.locator(shapes).first().boundingBox()).height > 5, `${type} is drawn`);
    const cells = await figure.locator("td, tbody th").evaluateAll((all) => all.map((cell) => cell.textContent).filter(Boolean));
    assert.deepEqual(cells, type === "pie" ? ["Rye", "30", "Spelt", "10"] : ["Mon", "3", "1", "Tue", "5", "4", "Wed", "2", "6"], "the figures as a table for who cannot see them");
  }
  await shoot(ada, "figures-light");
  await grace.goes("figures");
  await grace.message("Loaves as area").waitFor();
  await shoot(grace, "figures-dark");

  // What the workspace takes of the rarer kinds is drawn as itself, not as an unknown block.
  const rare = {
    card: { type: "card", title: mrkdwn("A card"), subtitle: mrkdwn("about bread"), body: mrkdwn("Some words") },
    video: { type: "video", title: plain("Kneading"), title_url: "https://example.com/video", video_url: "https://example.com/embed", thumbnail_url: "https://pictures.example/bread.svg", alt_text: "Hands in dough", provider_name: "Bakery films" },
  };
  const seen = { card: "Some words", video: "Kneading" };
  for (const [name, block] of Object.entries(rare)) {
    const answer = await bot.tries("chat.postMessage", { channel: sandbox.people.tu, text: name, blocks: [block] });
    assert.ok(answer.ok, `${name}: ${JSON.stringify(answer)}`);
  }
  const tu = await sitDown(browser, sandbox.address, "tu");
  await tu.goes("Messages");
  for (const text of Object.values(seen)) await tu.reads(text);
  assert.equal(await tu.pane().locator(".block-unknown").count(), 0);
  assert.equal(await tu.message("Kneading").getByRole("link", { name: "Kneading" }).getAttribute("href"), "https://example.com/video");
  bot.on("/order", ({ trigger_id: trigger }) => {
    const blocks = [{ type: "alert", level: "warning", text: mrkdwn("The oven is *hot*") }];
    bot.calls("views.open", { trigger_id: trigger, view: { ...modal("Care", blocks), submit: undefined } }).catch((problem) => bot.problems.push(problem));
  });
  await tu.types("/order", "Messages");
  await tu.sees("Care");
  assert.equal((await tu.dialog().getByRole("note", { name: "Warning" }).innerText()).trim(), "The oven is hot");
  await tu.clicks("Close");
  await tu.isFree();
  await tu.leaves();
});

story("messages are edited in place and deleted", async () => {
  const channel = await channelOf("changing", "ada", "grace");
  const { ts } = await bot.says(channel, "The bread is baking");
  await bot.says(channel, "Something after it");
  await ada.goes("changing");
  await ada.reads("The bread is baking");
  await bot.calls("chat.update", { channel, ts, text: "The bread is ready" });
  await ada.reads("The bread is ready");
  const messages = () => ada.pane().locator("[data-message]").allInnerTexts();
  await eventually(async () => {
    const shown = await messages();
    assert.equal(shown.length, 2, "no message more");
    assert.match(shown[0], /The bread is ready \(edited\)/);
    assert.match(shown[1], /Something after it/);
  });
  assert.equal(await ada.message("The bread is baking").count(), 0);
  await bot.calls("chat.delete", { channel, ts });
  await eventually(async () => assert.equal(await ada.message("The bread is ready").count(), 0));
  assert.equal((await messages()).length, 1);
});

story("what only one person may see, only that person sees", async () => {
  const channel = await channelOf("whispers", "ada", "grace");
  await bot.calls("chat.postEphemeral", { channel, user: sandbox.people.ada, text: "Psst, Ada" });
  await bot.says(channel, "Hello both");
  await ada.goes("whispers");
  await grace.goes("whispers");
  assert.match(await ada.reads("Psst, Ada"), /Only visible to you/);
  await grace.reads("Hello both");
  assert.equal(await grace.message("Psst").count(), 0);
  assert.equal(await ada.message("Psst").getByRole("button", { name: "Reply in thread" }).count(), 0);
});

story("threads", async () => {
  const channel = await channelOf("threads", "ada", "grace");
  const { ts } = await bot.says(channel, "Who wants bread?");
  await ada.goes("threads");
  await grace.goes("threads");
  const question = ada.message("Who wants bread?");
  await question.hover();
  await question.getByRole("button", { name: "Reply in thread" }).click();
  const thread = ada.pane().getByRole("complementary", { name: /^Thread/ });
  await thread.getByRole("textbox").fill("I do, please");
  await thread.getByRole("textbox").press("Enter");
  await thread.locator("[data-message]").filter({ hasText: "I do, please" }).waitFor();
  const list = (seat) => seat.pane().getByRole("region", { name: /^Messages, / });
  assert.equal(await list(ada).locator("[data-message]").filter({ hasText: "I do" }).count(), 0, "replies are not in the conversation itself");
  await bot.says(channel, "Noted", { thread_ts: ts });
  await list(grace).getByRole("button", { name: /2 replies/ }).click();
  const opened = grace.pane().getByRole("complementary", { name: /^Thread/ });
  await opened.locator("[data-message]").filter({ hasText: "Noted" }).waitFor();
  assert.deepEqual((await opened.locator(".message-body").allInnerTexts()).map((text) => text.trim()), ["Who wants bread?", "I do, please", "Noted"]);
  const heard = bot.of("event message").find((payload) => payload.event.user === sandbox.people.ada && payload.event.channel === channel);
  assert.deepEqual([heard.event.text, heard.event.thread_ts, heard.event.user], ["I do, please", ts, sandbox.people.ada]);
  await shoot(grace, "thread-dark");
  await grace.page.keyboard.press("Escape");
  await opened.waitFor({ state: "detached" });
  await ada.clicks("Close thread");
});

story("unread marks come and go, in all windows of a person", async () => {
  const channel = await channelOf("news", "ada", "grace");
  const again = await sitDown(browser, sandbox.address, "ada", { width: 900 });
  const badge = (seat, place) => seat.pane().getByRole("navigation").getByRole("button", { name: new RegExp(`^\\W*${place}\\b`) });
  await ada.goes("Home");
  await again.goes("Home");
  await bot.says(channel, "First news");
  for (const seat of [ada, again]) await eventually(async () => assert.match(await badge(seat, "news").innerText(), /1 unread/));
  await bot.says(channel, "Second news");
  for (const seat of [ada, again]) await eventually(async () => assert.match(await badge(seat, "news").innerText(), /2 unread/));
  await ada.goes("news");
  for (const seat of [ada, again]) await eventually(async () => assert.doesNotMatch(await badge(seat, "news").innerText(), /unread/, "read in one is read in both"));
  await bot.says(channel, "Third news");
  await ada.reads("Third news");
  await eventually(async () => {
    const read = await again.page.evaluate(() => import("/page/assets/store.js").then(({ world }) => Object.fromEntries(world.read)));
    const { messages } = await bot.calls("conversations.history", { channel });
    assert.equal(read[sandbox.people.ada][channel], messages[0].ts);
  });
  assert.doesNotMatch(await badge(again, "news").innerText(), /unread/, "what stands open is read at once");
  await ada.types("My own words", "news");
  await eventually(async () => assert.match(await badge(grace, "news").innerText(), /4 unread/));
  assert.doesNotMatch(await badge(again, "news").innerText(), /unread/, "one's own words are not news");
  await again.leaves();
});

/** Starts a conversation from the sidebar. */
async function meets(seat, ...names) {
  await seat.pane().getByRole("button", { name: "New message" }).click();
  const dialog = seat.page.getByRole("dialog", { name: "New message" });
  const people = dialog.getByRole("combobox", { name: "With whom?" });
  await people.click();
  for (const name of names) {
    await people.fill(name);
    await dialog.getByRole("option", { name }).click();
  }
  await people.press("Escape");
  await dialog.getByRole("button", { name: "Start" }).click();
  await dialog.waitFor({ state: "detached" });
}

/** Writes where one is. */
async function writes(seat, text) {
  const composer = seat.pane().locator("textarea[data-composer]").first();
  await composer.fill(text);
  await composer.press("Enter");
}

story("people talk among themselves, and in a group with the app", async () => {
  bot.forgets();
  await meets(ada, "Grace Hopper");
  await writes(ada, "Only between us");
  await grace.goes("Ada Lovelace");
  await grace.reads("Only between us");
  await writes(grace, "Nobody else");
  await ada.reads("Nobody else");

  const { channel } = await bot.calls("conversations.open", { users: [sandbox.people.ada, sandbox.people.grace].join(",") });
  await ada.goes("Grace Hopper, Bakery|^\\W*Bakery, Grace Hopper");
  await writes(ada, "Dear bakery");
  const { event } = await bot.hears("event message");
  assert.deepEqual([event.text, event.channel_type, event.channel], ["Dear bakery", "mpim", channel.id]);
  assert.equal(bot.of("event message").length, 1, "the app hears nothing of what is not for it");
  const { ts } = await bot.says(event.channel, "Dear both");
  await ada.reads("Dear both");
  await grace.goes("Ada Lovelace, Bakery|^\\W*Bakery, Ada Lovelace");
  await grace.reads("Dear both");

  await bot.says(event.channel, "A week later", { thread_ts: ts });
  await grace.pane().getByRole("region", { name: /^Messages, / }).getByRole("button", { name: /1 reply/ }).click();
  const thread = grace.pane().getByRole("complementary", { name: /^Thread/ });
  await thread.locator("[data-message]").filter({ hasText: "A week later" }).waitFor();
  await thread.getByRole("textbox").fill("Gladly");
  await thread.getByRole("textbox").press("Enter");
  await thread.locator("[data-message]").filter({ hasText: "Gladly" }).waitFor();
  await ada.pane().getByRole("button", { name: /2 replies/ }).waitFor();
});

test("a person starts a group with somebody and the app", async () => {
  const tu = await sitDown(browser, sandbox.address, "tu");
  tu.page.context().setDefaultTimeout(1500);
  try {
    await meets(tu, "Grace Hopper", "Bakery");
    await writes(tu, "Dear bakery, dear Grace");
    await tu.reads("Dear bakery, dear Grace");
  } finally {
    await tu.leaves();
  }
});

story("an app without a Home", async () => {
  await ada.goes("Messages");
  const told = ada.page.waitForResponse(/\/page\/opens$/, { timeout: 15_000 });
  await ada.goes("Home");
  await ada.shows("This app has no Home yet.");
  await told;
  // A frame later whatever the answer leads to is drawn.
  await ada.page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  assert.deepEqual(await ada.page.locator("[data-toast]").allInnerTexts(), [], "that is nothing to be told about");
});

story("shortcuts, from a message and from anywhere", async () => {
  const channel = await channelOf("shortcuts", "ada", "grace");
  const { ts } = await sandbox.control("says_in", { person: "grace", channel, text: "Three rye, please" });
  await ada.goes("shortcuts");
  const message = ada.message("Three rye, please");
  await message.hover();
  await ada.picksFromMenu(message.getByRole("button", { name: "More actions for this message" }), "Order this");
  const used = await bot.hears("message_action order_this");
  assert.deepEqual([used.channel.id, used.message_ts, used.message.text, used.message.user, used.user.id],
    [channel, ts, "Three rye, please", sandbox.people.grace, sandbox.people.ada]);
  await bot.calls("views.open", { trigger_id: used.trigger_id, view: modal("An order", [input("Loaves", { type: "plain_text_input" })]) });
  await ada.sees("An order");
  await ada.clicks("Cancel");
  await ada.isFree();

  await ada.picksFromMenu(ada.pane().getByRole("button", { name: "Shortcuts", exact: true }), "Order bread");
  const anywhere = await bot.hears("shortcut order_bread");
  assert.equal(anywhere.user.id, sandbox.people.ada);
  assert.equal("channel" in anywhere, false);
});

const formats = ["date", "date_num", "date_slash", "date_long", "date_long_full", "date_long_pretty", "date_pretty", "date_short", "date_short_pretty",
  "date_slash_pretty", "date_num_pretty", "date_long_full_pretty", "day_divider", "day_divider_pretty", "time", "time_secs", "ago", "unheard_of"];
const moments = [
  // Midnight in London and in New York, the turn of the year, a leap day.
  "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z", "2027-01-01T04:59:59Z", "2027-01-01T05:00:00Z", "2024-02-29T12:00:00Z", "1969-12-31T23:59:59Z",
  // The hours in which London's clocks change, then New York's.
  "2027-03-28T00:59:59Z", "2027-03-28T01:00:00Z", "2026-10-25T00:59:59Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z",
  "2027-03-14T06:59:59Z", "2027-03-14T07:00:00Z", "2026-11-01T05:59:59Z", "2026-11-01T06:00:00Z", "2026-11-01T06:30:00Z",
  // Noon and midnight as twelve o'clock; days that end on st, nd, rd and th.
  "2026-06-01T11:00:00Z", "2026-06-02T16:00:00Z", "2026-06-03T23:00:00Z", "2026-06-11T04:00:00Z", "2026-06-12T00:00:00Z", "2026-06-13T12:00:00Z",
  "2026-06-21T12:00:00Z", "2026-06-22T12:00:00Z", "2026-06-23T12:00:00Z", "2026-06-30T12:00:00Z",
].map((moment) => Date.parse(moment) / 1000);
// Around the reader's now; half a minute beside every step of “ago”, so that none is taken while the test reads.
const hours = [-49, -48, -25, -24, -23, -12, -2, -1, 1, 2, 11, 12, 23, 24, 25, 47, 48];

story("moments are shown in everybody's own time zone, as the workspace itself would", async () => {
  const day = new Date(Date.parse((await sandbox.control("clock")).now) + 86_400_000).toISOString().slice(0, 10);
  const nights = [`${day}T12:00:30Z`, `${day}T23:30:30Z`, new Date(Date.parse(`${day}T00:30:30Z`) + 86_400_000).toISOString()];
  await sandbox.control("clock", { to: nights[0] });
  const noon = Math.floor(Date.parse(nights[0]) / 1000);
  const all = [...moments, ...hours.map((hour) => noon + hour * 3600 + 30)];
  // How long ago something was is another test's.
  const steady = formats.filter((format) => format !== "ago");
  const text = all.map((at) => `${at}: ${steady.map((format) => `<!date^${at}^{${format}}|fallback>`).join(" / ")}`).join("\n");
  const posted = {};
  for (const seat of [ada, grace]) {
    posted[seat.handle] = await bot.says(sandbox.people[seat.handle], text);
    await seat.goes("Messages");
  }
  for (const night of nights) {
    const turned = await sandbox.control("clock", { to: night });
    assert.equal(turned.error, undefined);
    for (const seat of [ada, grace]) {
      const body = seat.message(`${noon + 3630}:`).locator(".message-body");
      // Tried again, as the page may be about to hear of the clock.
      await eventually(async () => {
        const { dms } = await sandbox.control(`seen?person=${seat.handle}`);
        const wanted = dms.find((message) => message.ts === posted[seat.handle].ts).shown;
        assert.deepEqual((await body.innerText()).split("\n"), wanted.split("\n"), `${seat.handle} at ${night}`);
        assert.doesNotMatch(wanted, /fallback/);
        assert.match(wanted, /yesterday[\s\S]*today[\s\S]*tomorrow|today[\s\S]*tomorrow/);
      });
    }
  }
  assert.notEqual(await ada.message(`${noon + 3630}:`).innerText(), await grace.message(`${noon + 3630}:`).innerText());
  await bot.says(sandbox.people.ada, "Linked: <!date^1782910800^{date_num}^https://example.com/day|then>, broken: <!date^x^{date}|then it was>");
  const linked = ada.message("Linked:");
  assert.deepEqual(await said(linked), ["Linked: 2026-07-01, broken: then it was"]);
  assert.equal(await linked.getByRole("link").getAttribute("href"), "https://example.com/day");
});

/** What a message says on the page and what the workspace says it says, tried until they agree. */
async function agree(seat, start) {
  await eventually(async () => {
    const { dms } = await sandbox.control(`seen?person=${seat.handle}`);
    const wanted = dms.find((message) => message.shown.startsWith(start)).shown;
    assert.deepEqual((await seat.message(start).locator(".message-body").innerText()).split("\n"), wanted.split("\n"));
  }, 3000);
}

story("how long ago something was", async () => {
  const now = Math.floor(Date.parse((await sandbox.control("clock")).now) / 1000);
  // Half a step beside every step, so that none is taken while the test reads.
  const apart = [90, 150, 1800 + 30, 3630, 5400, 9000, 129_600, 86_400 * 40 + 43_200];
  const lines = [...apart, ...apart.map((seconds) => -seconds)].map((seconds) => `<!date^${now + seconds}^{ago}|x>`);
  await bot.says(sandbox.people.ada, `Ago\n${lines.join("\n")}`);
  await ada.goes("Messages");
  await agree(ada, "Ago");
  assert.match(await ada.message("Ago").innerText(), /in 1 minute\n(.*\n)*.*1 hour ago\n/);
});

story("how long ago something was goes on while it stands there", async () => {
  await sandbox.control("clock", { minutes: 60 });
  await ada.goes("Messages");
  await ada.reads("Ago");
  const day = Math.floor(Date.parse((await sandbox.control("clock")).now) / 1000);
  await bot.says(sandbox.people.ada, `Since <!date^${day - 5400}^{ago}|x>`);
  await agree(ada, "Since");
  await sandbox.control("clock", { minutes: 120 });
  await agree(ada, "Since");
});

story("text stays text, whatever it holds", async () => {
  const evil = ["<img src=x onerror=\"window.ran = 1\">", "<script>window.ran = 2</script>", "<svg onload=\"window.ran = 3\">", "<a href=\"javascript:window.ran = 4\">click</a>", "\"><b>bold</b>"];
  const all = evil.join(" ");
  const escaped = all.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  await sandbox.control("people", { handle: "eve", name: "Eve <img src=x onerror=window.ran=5>", email: "eve@example.com" });
  const channel = await channelOf("evil", "ada", "grace", "eve");
  await sandbox.control("says_in", { person: "eve", channel, text: `A person says ${all}` });
  await bot.says(channel, `Escaped ${escaped}`);
  await bot.says(channel, `Raw ${all} <javascript:window.ran=6|click here> <data:text/html,x|or here> <JaVaScRiPt:window.ran=7>`);
  const rich = (words, more) => ({ type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: words }, ...more] }] });
  await bot.says(channel, "Blocks", { blocks: [
    { type: "header", text: plain(`Header ${evil[0]}`) }, section(`Section ${escaped} <javascript:window.ran=8|click here>`),
    { type: "section", text: plain(`Plain ${all}`) },
    { type: "markdown", text: `Markdown ${all} [click](javascript:window.ran=9) **<img src=x onerror=window.ran=10>**` },
    rich(`Rich ${all}`, []),
    actions(button(`Button ${evil[0]}`, "evil"), { type: "static_select", action_id: "pick", placeholder: plain(evil[1]), options: [option(evil[0], "x")] }),
  ] });
  await ada.goes("evil");
  const shown = async (start, text) => {
    await ada.message(start).waitFor();
    assert.ok((await ada.message(start).innerText()).replace(/\s+/g, " ").includes(text), `${start}: ${await ada.message(start).innerText()}`);
  };
  await shown("A person says", all);
  await shown("A person says", "Eve <img src=x onerror=window.ran=5>");
  await shown("Escaped", all);
  await shown("Header", evil[0]);
  await shown("Header", `Section ${all}`);
  await shown("Header", `Plain ${all}`);
  await shown("Header", `Markdown ${all}`);
  await shown("Header", `Rich ${all}`);
  await ada.message("Header").getByRole("button", { name: `Button ${evil[0]}` }).waitFor();
  await ada.message("Header").getByRole("combobox").click();
  await ada.page.getByRole("option", { name: evil[0] }).click();
  bot.on("/order", ({ trigger_id: trigger }) => {
    bot.calls("views.open", { trigger_id: trigger, view: modal(evil[4].slice(0, 20), [
      input(evil[0], { type: "plain_text_input", placeholder: plain(evil[1]), initial_value: all }, { block_id: "evil", hint: plain(evil[2]) }),
    ]) }).catch((problem) => bot.problems.push(problem));
  });
  await ada.types("/order", "evil");
  await ada.sees(evil[4].slice(0, 20));
  assert.equal(await ada.input(evil[0]).inputValue(), all);
  bot.on("submission form", () => ({ response_action: "errors", errors: { evil: evil[1] } }));
  await ada.clicks("Send");
  await eventually(async () => assert.deepEqual((await ada.described(evil[0])).sort(), [evil[1], evil[2]].sort()));
  await ada.clicks("Cancel");
  await ada.isFree();
  await ada.page.getByRole("button", { name: "Log" }).click();
  await ada.page.locator("[data-log]").getByRole("button", { name: /view_submission/ }).last().click();
  await ada.page.locator(".log-json").waitFor();
  await ada.clicks("Close the log", ada.page.locator("[data-log]"));
  const odd = await ada.page.evaluate(() => ({
    ran: window.ran ?? null, injected: document.querySelectorAll("#page img, #page script, #page [onerror], #page [onload]").length,
    links: [...document.querySelectorAll("a[href]")].map((link) => link.href).filter((address) => !/^https?:/.test(address)),
  }));
  assert.deepEqual(odd, { ran: null, injected: 0, links: [] });
});
