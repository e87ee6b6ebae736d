// Draws the pictures of README and docs: `node pictures.mjs FOLDER`. The story is that of the tests; the people are the demo's.

import { mkdirSync } from "node:fs";

import { sitDown, startBrowser, startDemo } from "./stage.mjs";

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const [demo, browser] = await Promise.all([startDemo(), startBrowser()]);

/** A picture of a part of the window. */
async function draw(part, name) {
  await part.screenshot({ path: `${folder}/${name}.png`, animations: "disabled" });
}

/** A modal is drawn in full: the window grows until nothing of it has to be scrolled to. */
async function drawModal(seat, name) {
  await seat.page.setViewportSize({ width: 760, height: 1500 });
  await draw(seat.dialog(), name);
  await seat.page.setViewportSize({ width: 900, height: 640 });
}

const ada = await sitDown(browser, demo.address, "ada", { width: 900, height: 640 });
const grace = await sitDown(browser, demo.address, "grace", { width: 900, height: 640 });

await ada.types("/mentor ask @grace");
await ada.sees("Ask for mentoring");
await ada.fills("What I want to work on", "Leading my first project without doing everything myself");
await drawModal(ada, "ask");
await ada.clicks("Send");
await ada.clicks("Close");

await grace.goes("Messages");
await grace.reads("would like you as a mentor");
await draw(grace.message("would like you as a mentor"), "request");
await grace.clicks("Accept");
await grace.sees("Accept");
await grace.chooses("Weekday", "Thursday");
await grace.picks("Time", "10:00");
await grace.chooses("Length", "30 minutes");
await drawModal(grace, "accept");
await grace.clicks("Accept");

await ada.goes("Messages");
await ada.turnsUntil("Prepare your agenda for grace");
await draw(ada.message("Prepare your agenda"), "prepare");
await ada.clicks("Prepare", ada.message("Prepare your agenda"));
await ada.sees("Your agenda");
await ada.fills("Learn the why", "Why does every release wait for a second approval?");
await ada.fills("Upcoming work", "Splitting the billing service; I would begin with the invoices");
await drawModal(ada, "agenda-form");
await ada.clicks("Save");
await ada.reads("is ready");

await grace.turnsUntil("The agenda with ada");
await grace.clicks("Open agenda");
await grace.shows("A question to ask");
await drawModal(grace, "mentor-agenda");
await grace.clicks("Close");

await ada.turnsUntil("Did you meet grace");
await ada.clicks("We met", ada.message("Did you meet"));
await ada.sees("You met");
await ada.fills("Homework", "Ask Lise how her team approves releases");
await ada.fills("What was most useful?", "Being asked what would make me change the plan");
await drawModal(ada, "we-met");
await ada.clicks("Save");
await ada.reads("Until next time");
await ada.turnsUntil("Prepare your agenda for grace");

await ada.goes("Home");
await ada.shows("What waits for me");
await draw(ada.pane(), "home");
await grace.goes("Home");
await grace.shows("Next meetings");
await draw(grace.pane(), "mentor-home");

const both = await sitDown(browser, demo.address, "ada,grace", { width: 1400, height: 800 });
await both.goes("Messages");
await both.goes("Messages", "grace");
await both.pane("grace").locator("[data-message]").first().waitFor();
await both.reads("Coming back");
await draw(both.page, "workspace");
await both.page.getByRole("button", { name: "Log" }).click();
await both.page.locator("[data-log]").waitFor();
await draw(both.page.locator("[data-log]"), "log");

await browser.close();
await demo.stop();
