// Three people in three windows: who can I talk to about …?, a mentor names somebody, names meet.

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

test("ask → nominate → happy to → names meet", async () => {
  const ada = await sitDown(browser, demo.address, "ada");
  const grace = await sitDown(browser, demo.address, "grace");
  const lise = await sitDown(browser, demo.address, "lise");
  await tell("introduction", [ada, grace, lise], () => introduction(ada, grace, lise));
});

async function introduction(ada, grace, lise) {
  await ada.types("/mentor ask @grace");
  await ada.sees("Ask for mentoring");
  await ada.fills("What I want to work on", "Leading my first project");
  await ada.clicks("Send");
  await ada.clicks("Close");
  await grace.goes("Messages");
  await grace.reads("would like you as a mentor");
  await grace.clicks("Accept");
  await grace.sees("Accept");
  await grace.chooses("Weekday", "Thursday");
  await grace.picks("Time", "10:00");
  await grace.chooses("Length", "30 minutes");
  await grace.clicks("Accept");
  await grace.reads("You said yes");

  await ada.types("/mentor who can I talk to about pricing experiments?");
  await ada.sees("Who can I talk to?");
  await ada.fills("Why", "We raise prices in spring and have never tried two at once");
  await shoot(ada, "who-form");
  await ada.clicks("Preview");
  await ada.sees("What others will see");
  await shoot(ada, "who-preview");
  await ada.clicks("Send it");
  await ada.sees("Sent");
  await ada.clicks("Close");

  await grace.turnsUntil("asks");
  await grace.reads("You may know somebody");
  await grace.clicks("Read the ask", grace.message("You may know somebody"));
  await grace.shows("pricing experiments");
  await shoot(grace, "who-mentor-reads");
  await grace.clicks("Close");
  await shoot(grace, "who-mentor");

  await grace.clicks("Nominate someone", grace.message("You may know somebody"));
  await grace.sees("Nominate someone");
  await grace.chooses("Somebody in Slack", "Lise Meitner");
  await shoot(grace, "who-nominate");
  await grace.clicks("Nominate");
  await grace.reads("You named");
  await lise.goes("Messages");
  await lise.turnsUntil("talk");
  await lise.reads("through");
  await shoot(lise, "who-nominee");
  await lise.clicks("Happy to");
  await lise.reads("names");
  await ada.goes("Grace Hopper");
  assert.match(await ada.reads("pricing experiments"), /Lise|@lise/, "names meet, with what Ada asked");
  await shoot(ada, "who-names-meet");
}
