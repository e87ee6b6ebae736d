// The stage of a browser test: a running demo, a browser, people in front of their own windows.
// It owns starting and stopping; what a test looks at is the test's.

import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { Seat } from "./seat.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const programs = process.env.BROWSER_TEST_PROGRAMS ?? `${root}target/debug`;
export const screenshots = process.env.BROWSER_TEST_SCREENSHOTS ?? `${root}target/screenshots`;

/** Starts a program and resolves with the first line that fits, and a way to stop it. */
function start(program, programArguments, fits) {
  const child = spawn(`${programs}/${program}`, programArguments, { stdio: ["ignore", "pipe", "pipe"] });
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

/** A sandbox alone, for an app of the test's own. */
export const startSandbox = (...more) => start("slack-sandbox", ["--port", "0", ...more], /^page (http:\/\/\S+?)\/$/);

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
