// The stage of a browser test: a running demo, a browser, people in front of their own windows.
// It owns starting and stopping; what a test looks at is the test's.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { Seat } from "./seat.mjs";
import { eventually } from "./waiting.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const programs = process.env.BROWSER_TEST_PROGRAMS ?? `${root}target/debug`;
export const screenshots = process.env.BROWSER_TEST_SCREENSHOTS ?? `${root}target/screenshots`;

/** Programs of this run that have not ended, so that a run that breaks off leaves none behind. */
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts a program and resolves with the first line that fits, and a way to stop it. */
function start(program, programArguments, fits) {
  const child = spawn(`${programs}/${program}`, programArguments, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const said = [];
  const stop = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null) return resolve();
      child.once("exit", resolve);
      child.kill("SIGINT");
    });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}:\n${said.join("\n")}`)));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const found = fits.exec(line);
        if (found) resolve({ address: found[1], said, stop });
      });
    }
  });
}

/** The demo: the real app, its pretend company, its page. */
export const startDemo = (...more) => start("mentor", ["demo", "--port", "0", ...more], /^\s*(http:\/\/\S+?)\/(\?.*)?$/);

/** The manifest of the tests' own app. */
export const manifest = fileURLToPath(new URL("manifest.yml", import.meta.url));

/** Runs a program to its end: its exit code and what it said. */
export function run(program, ...programArguments) {
  const child = spawn(`${programs}/${program}`, programArguments, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => { said += part; });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      running.delete(child);
      resolve({ code, said });
    });
  });
}

/** A sandbox alone, for an app of the test's own: its addresses, its tokens, the ids of its people by handle. */
export async function startSandbox(...more) {
  const sandbox = await start("slack-sandbox", ["--port", "0", ...more], /^page (http:\/\/\S+?)\/$/);
  const list = more.indexOf("--people");
  const last = list < 0 ? "alan" : JSON.parse(readFileSync(more[list + 1], "utf8")).at(-1).handle;
  const people = await eventually(() => {
    const found = sandbox.said.map((line) => /^person (\S+) (\S+)/.exec(line)).filter(Boolean).map(([, id, handle]) => [handle, id]);
    if (found.at(-1)?.[0] !== last) throw new Error(`not everybody is there yet: ${sandbox.said.join("\n")}`);
    return Object.fromEntries(found);
  });
  const fact = (name) => sandbox.said.find((line) => line.startsWith(`${name} `)).slice(name.length + 1);
  const control = async (deed, body) => {
    const asked = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    return (await fetch(`${sandbox.address}/control/${deed}`, asked)).json();
  };
  return { ...sandbox, api: fact("api_url"), appToken: fact("app_token"), botToken: fact("bot_token"), people, control };
}

/** A browser without any of its own traffic. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
}

/** Somebody's own window. Whatever the page complains about fails the test that reads `complaints`. */
export async function sitDown(browser, address, handles, { theme = "light", width = 1180, height = 860, query = "" } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: "reduce" });
  // What a person would no longer wait for.
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // A deed that Slack would refuse is answered 409, which browsers log by themselves.
    if (message.type() === "error" && !/status of 40[49]/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${address}/?people=${handles}&theme=${theme}&tour=closed${query}`);
  await page.locator("[data-pane]").first().waitFor();
  const seat = new Seat(page, String(handles).split(",")[0]);
  seat.complaints = complaints;
  return seat;
}

/** Runs a story; when it fails, keeps what everybody saw at that moment. */
export async function tell(name, seats, story) {
  try {
    await story();
  } catch (problem) {
    for (const seat of seats) await shoot(seat, `failed-${name}-${seat.handle}`).catch(() => {});
    throw problem;
  }
}

/** Keeps what a window shows as an artefact of the run. */
export async function shoot(seat, name) {
  mkdirSync(screenshots, { recursive: true });
  await seat.page.screenshot({ path: `${screenshots}/${name}.png` });
}
