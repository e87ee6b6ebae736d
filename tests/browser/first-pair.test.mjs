// Two people in two windows: ask, accept, agenda, meeting, homework.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { shoot, sitDown, startBrowser, startDemo, tell } from "./stage.mjs";

let demo;
let browser;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("ask → accept → agenda → meeting → homework", async () => {
  const ada = await sitDown(browser, demo.address, "ada");
  const grace = await sitDown(browser, demo.address, "grace", { theme: "dark" });
  await tell("first-pair", [ada, grace], () => firstPair(ada, grace));
});

async function firstPair(ada, grace) {
  await ada.types("/mentor help");
  await ada.reads("What you can type");
  await shoot(ada, "help");
  await ada.types("/mentor ask @grace");
  await ada.sees("Ask for mentoring");
  await shoot(ada, "ask");
  await ada.clicks("Send");
  await ada.shows("Complete this required field");
  await shoot(ada, "ask-required");
  await ada.fills("What I want to work on", "Leading my first project without doing everything myself");
  await ada.clicks("Send");
  await shoot(ada, "asked");
  await ada.clicks("Close");

  await grace.goes("Messages");
  await grace.reads("would like you as a mentor");
  await shoot(grace, "request-dark");
  await grace.clicks("Accept");
  await grace.sees("Accept");
  await grace.chooses("Weekday", "Thursday");
  await grace.picks("Time", "10:00");
  await grace.chooses("Length", "30 minutes");
  await shoot(grace, "accept-dark");
  await grace.clicks("Accept");
  await grace.reads("You said yes");

  await ada.goes("Messages");
  const news = await ada.reads("Good news");
  assert.match(news, /3:00 PM/, "Ada reads London's time");
  assert.match(await grace.reads("You said yes"), /10:00 AM/, "Grace reads New York's time");
  await shoot(ada, "good-news");

  await ada.turnsUntil("Prepare your agenda for grace");
  await ada.reads("Five short parts");
  await shoot(ada, "prepare");
  await ada.clicks("Prepare", ada.message("Prepare your agenda"));
  await ada.sees("Your agenda");
  await ada.fills("Learn the why", "Why does every release wait for a second approval?");
  await ada.fills("Upcoming work", "Splitting the billing service; I would begin with the invoices");
  await shoot(ada, "agenda-form");
  await ada.clicks("Save");
  await ada.reads("is ready");

  const notified = await grace.turnsUntil("The agenda with ada");
  assert.doesNotMatch(notified, /second approval|billing/, "no notification repeats what the pair wrote");
  await grace.reads("is ready");
  await grace.clicks("Open agenda");
  await grace.shows("A question to ask");
  await shoot(grace, "mentor-agenda-dark");
  await grace.clicks("Close");

  await ada.turnsUntil("Did you meet grace");
  await ada.clicks("We met", ada.message("Did you meet"));
  await ada.sees("You met");
  await ada.fills("Homework", "Ask Lise how her team approves releases");
  await ada.fills("What was most useful?", "Being asked what would make me change the plan");
  await shoot(ada, "we-met");
  await ada.clicks("Save");
  await ada.reads("Until next time: 1 homework item");

  await ada.turnsUntil("Prepare your agenda for grace");
  await ada.reads("Coming back: 1 homework item");
  await ada.clicks("Prepare", ada.message("Coming back"));
  await ada.sees("Your agenda");
  await ada.shows("Ask Lise how her team approves releases");
  await shoot(ada, "next-agenda");
  await ada.clicks("Cancel");
  await ada.goes("Home");
  await ada.shows("What waits for me");
  await ada.shows("Ask Lise how her team approves releases");
  await shoot(ada, "home");
  await grace.goes("Home");
  await shoot(grace, "mentor-home-dark");

  assert.deepEqual(ada.complaints, []);
  assert.deepEqual(grace.complaints, []);
}
