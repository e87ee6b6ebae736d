// The demo itself: its story with somebody at the page, people of one's own, its guided tour.

import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";

import { sitDown, startBrowser, startDemo, tell } from "./stage.mjs";
import { eventually } from "./waiting.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
});

/** A file of people, which the system takes away some day. */
function peopleFile(people) {
  const file = join(mkdtempSync(join(tmpdir(), "demo-")), "people.json");
  writeFileSync(file, JSON.stringify(people));
  return file;
}

test("who touches the clock while the story is told takes over", async () => {
  const demo = await startDemo("--story");
  try {
    await eventually(() => assert.ok(demo.said.some((line) => line.includes("Ada types"))), 20_000);
    const turned = await fetch(`${demo.address}/control/clock`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ minutes: 60 * 24 * 30 }) });
    assert.equal(turned.status, 200);
    await eventually(() => assert.ok(demo.said.includes("You took over; the story stops here."), demo.said.at(-1)), 60_000);
    assert.equal((await fetch(demo.address)).status, 200, "it stays up");
  } finally {
    await demo.stop();
  }
});

test("people of one's own have a channel to type in", async () => {
  const people = [{ handle: "zoe", name: "Zoe Example", tz: "Europe/Paris" }, { handle: "max", name: "Max Example" }];
  const demo = await startDemo("--people", peopleFile(people));
  try {
    const zoe = await sitDown(browser, demo.address, "zoe");
    await tell("own-people", [zoe], async () => {
      await zoe.types("/mentor help");
      await zoe.reads("What you can type");
      assert.equal(await zoe.page.getByRole("button", { name: "Tour" }).count(), 0);
    });
    await zoe.leaves();
  } finally {
    await demo.stop();
  }
});

test("the guided tour leads to its end", async () => {
  const demo = await startDemo();
  try {
    const ada = await sitDown(browser, demo.address, "ada,grace", { width: 1400, height: 900 });
    await tell("tour", [ada], () => tour(ada, demo.address));
    assert.deepEqual(ada.complaints, []);
    await ada.leaves();
  } finally {
    await demo.stop();
  }
});

async function tour(ada, address) {
  await ada.page.goto(`${address}/?people=ada,grace`);
  const card = ada.page.locator("[data-tour]");
  const step = (title) => card.getByRole("heading", { name: title }).waitFor({ timeout: 30_000 });
  const doIt = () => card.getByRole("button", { name: "Do it for me" }).click();
  const within = (handle, label) => ada.pane(handle).getByRole("button", { name: label, exact: true }).last().click();
  const fill = (label) => ada.pane("ada").getByRole("textbox", { name: label, exact: true }).fill("Something");

  await step("Ask somebody to be your mentor");
  await doIt();
  await doIt();
  await ada.pane("ada").getByRole("dialog").waitFor();
  await fill("What I want to work on");
  await within("ada", "Send");
  await within("ada", "Close");
  await step("Say yes, as Grace");
  // The day that is chosen already is the next one: Ada is asked for her agenda at once.
  await within("grace", "Accept");
  await ada.pane("grace").getByRole("dialog").waitFor();
  await within("grace", "Accept");
  await step("Prepare the agenda");
  await within("ada", "Prepare");
  await fill("Upcoming work");
  await within("ada", "Save");
  await step(/What the mentor sees|Let them meet/);
  if ((await card.getByRole("heading").innerText()).includes("What the mentor sees")) {
    assert.equal(await card.getByRole("img", { name: "Done" }).count(), 0, "not done before it has happened");
    await doIt();
  }
  await step("Let them meet");
  await within("grace", "Open agenda");
  await ada.pane("grace").getByText("A question to ask").first().waitFor();
  await within("grace", "Close");
  await doIt();
  await step("Did you meet?");
  await within("ada", "We met");
  await fill("Homework");
  await ada.page.waitForTimeout(1500);
  await step("Did you meet?");
  await within("ada", "Save");
  await step("The loop closes");
  await doIt();
  await step("Between meetings");
  await doIt();
  await doIt();
  await card.getByRole("img", { name: "Done" }).waitFor({ timeout: 60_000 });
  await ada.pane("ada").getByText("On your agenda with").first().waitFor();
  await card.getByRole("button", { name: "Finish" }).click();
}

test("unread messages show where the places are folded away", async () => {
  const demo = await startDemo();
  try {
    const lise = await sitDown(browser, demo.address, "lise", { width: 380, height: 740 });
    await tell("unread-narrow", [lise], async () => {
      await lise.pane().getByRole("button", { name: /^All places of Lise Meitner, \d+ unread$/ }).waitFor();
      assert.match(await lise.pane().locator(".places-button .badge").innerText(), /^\d+$/);
    });
    await lise.leaves();
  } finally {
    await demo.stop();
  }
});
