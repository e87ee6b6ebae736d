// How quick the page is, by hand: `node measure.mjs`. Not a test; prints two small tables.
//
// Loading: a fresh browser context without cache opens a sandbox with 200 messages ten times; from the start of the
// navigation to the first frame after a pane stood in the document. Median and worst.
//
// Following: a sandbox with eight channels; Grace has the first one open and one more pane beside hers. Two people write
// 200 messages a second for ten seconds, spread evenly (through /control, as people have no rate limit). In the page
// every frame, every task over 50 ms and the moment of each message of the open channel is noted: the delay is from
// before the message is posted to the frame in which it is drawn. Both ends run on this machine by the same clock.
// A frame counts as dropped for every sixtieth of a second that passed without one.
// BROWSER_TEST_PROGRAMS says where the programs are, target/debug by default.

import { startBrowser, startSandbox } from "./stage.mjs";

const LOADS = 10;
const CHANNELS = 8;
const A_SECOND = 200;
const SECONDS = 10;

const middle = (numbers) => [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const worst = (numbers) => numbers.reduce((most, number) => Math.max(most, number), 0);
const milliseconds = (number) => `${Math.round(number)} ms`;
const rest = (pause) => new Promise((resolve) => setTimeout(resolve, pause));

function table(title, rows) {
  const wide = worst(rows.map(([name]) => name.length));
  console.log(`\n${title}`);
  for (const [name, value] of rows) console.log(`  ${name.padEnd(wide)}  ${value}`);
}

async function loading(browser) {
  const sandbox = await startSandbox();
  const channel = (await sandbox.control("channels", { name: "busy", people: ["ada", "grace"] })).channel;
  for (let number = 0; number < 200; number += 1) await sandbox.control("says_in", { person: "ada", channel, text: `Message ${number}` });
  const times = [];
  try {
    for (let load = 0; load < LOADS; load += 1) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
      const page = await context.newPage();
      await page.addInitScript(() => {
        const look = new MutationObserver(() => {
          if (!document.querySelector("[data-pane]")) return;
          look.disconnect();
          requestAnimationFrame(() => { window.drawn = performance.now(); });
        });
        look.observe(document, { childList: true, subtree: true });
      });
      await page.goto(`${sandbox.address}/`);
      times.push(await page.waitForFunction(() => window.drawn).then((found) => found.jsonValue()));
      await context.close();
    }
  } finally {
    await sandbox.stop();
  }
  table("Loading a workspace with 200 messages", [["median of 10", milliseconds(middle(times))], ["worst", milliseconds(worst(times))]]);
}

/** What the page notes about itself while it follows. */
function watch() {
  const noted = { frames: [], long: [], drawn: {} };
  window.noted = noted;
  const frame = (at) => {
    noted.frames.push(at);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => noted.long.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
  new MutationObserver((changes) => {
    const numbers = changes.flatMap((change) => [...change.addedNodes])
      .map((node) => /\bnumber (\d+)\b/.exec(node.textContent)?.[1]).filter(Boolean);
    if (numbers.length > 0) requestAnimationFrame(() => { for (const number of numbers) noted.drawn[number] ??= Date.now(); });
  }).observe(document.querySelector('[data-pane="grace"] .messages'), { childList: true, subtree: true });
}

async function following(browser) {
  const sandbox = await startSandbox();
  try {
    const channels = [];
    for (let index = 0; index < CHANNELS; index += 1) {
      channels.push((await sandbox.control("channels", { name: `channel-${index + 1}`, people: ["ada", "grace", "tu"] })).channel);
    }
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
    await page.goto(`${sandbox.address}/?people=grace,tu&places=${channels[0]},${channels[1]}&tour=closed`);
    await page.locator('[data-pane="grace"] .messages').waitFor();
    await page.evaluate(watch);
    await rest(500);
    const posted = {};
    const asked = [];
    const all = A_SECOND * SECONDS;
    const started = performance.now();
    for (let number = 0; number < all; number += 1) {
      const due = started + (number * 1000) / A_SECOND;
      if (due > performance.now()) await rest(due - performance.now());
      const channel = channels[number % CHANNELS];
      if (channel === channels[0]) posted[number] = Date.now();
      asked.push(sandbox.control("says_in", { person: number % 2 ? "ada" : "tu", channel, text: `This is number ${number} of many` }));
    }
    const answers = await Promise.all(asked);
    const took = (performance.now() - started) / 1000;
    const failed = answers.filter((answer) => answer.error).length;
    await page.waitForFunction((last) => window.noted.drawn[last], String(all - CHANNELS), { timeout: 60_000 }).catch(() => {});
    const noted = await page.evaluate(() => window.noted);
    const delays = Object.entries(posted).filter(([number]) => noted.drawn[number]).map(([number, at]) => noted.drawn[number] - at);
    const gaps = noted.frames.slice(1).map((at, index) => at - noted.frames[index]);
    const wanted = gaps.reduce((sum, gap) => sum + Math.max(1, Math.round((gap * 60) / 1000)), 0);
    table("Following 200 messages a second for 10 s", [
      ["sent", `${all - failed} in ${took.toFixed(1)} s${failed > 0 ? `, ${failed} refused` : ""}`],
      ["of the open channel, drawn", `${delays.length} of ${Object.keys(posted).length}`],
      ["delay from posting to drawn, median", milliseconds(middle(delays))],
      ["delay, worst", milliseconds(worst(delays))],
      ["longest task", noted.long.length > 0 ? milliseconds(worst(noted.long)) : "under 50 ms"],
      ["tasks over 50 ms", String(noted.long.length)],
      ["longest gap between frames", milliseconds(worst(gaps))],
      ["dropped frames", `${(100 * (1 - gaps.length / wanted)).toFixed(1)} %`],
    ]);
  } finally {
    await sandbox.stop();
  }
}

const browser = await startBrowser();
try {
  await loading(browser);
  await following(browser);
} finally {
  await browser.close();
}
