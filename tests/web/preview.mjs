// The live preview in a browser. In: the program. Out: a line for each state of the frame; exit 1 if anything is wrong.
//
//     node tests/web/preview.mjs target/release/healthcheck [saves]
//
// Two councils are begun in a folder of their own and watched; then their scripts are saved: a target that moves, a fault, the
// fault mended, a warning. Asked of each state, in light and in dark, at 1280 × 900 and at 360 × 740: no violation of the WCAG
// 2.2 AA rules and of the good practice that axe-core knows, nothing on the console, no scrolling sideways. And once: the
// skip link, the order of the keyboard, that focus is seen, what is said to those who hear the page, and that a save changes the
// page under the reader's eyes: it is not loaded again, and place, focus and what is folded out stay. At the end the time
// from a save to the frame in which the new page was painted, over so many saves. With SHOTS=folder it leaves pictures.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { tmpdir } from "node:os";
import puppeteer from "puppeteer-core";
import axe from "axe-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SIZES = [[1280, 900], [360, 740]];
const program = resolve(process.argv[2]);
const saves = Number(process.argv[3] || 20);
const home = mkdtempSync(join(tmpdir(), "healthcheck-preview-"));
const script = join(home, "scripts/northshire/check.rhai");
const wrong = [];

function begin() {
  for (const name of ["northshire", "eastmere"]) {
    spawnSync(program, ["new", name], { cwd: home });
  }
  const watch = spawn(program, ["watch", "--serve"], { cwd: home, stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((found) => {
    let told = "";
    watch.stderr.on("data", (more) => {
      told += more;
      const address = told.match(/http:\/\/[^\s]+/);
      if (address && told.includes("Stop with Ctrl-C")) found({ watch, address: address[0] });
    });
    watch.stdout.resume();
  });
}

const text = () => readFileSync(script, "utf8");
function change(from, to) {
  const before = text();
  if (!before.includes(from)) throw new Error(`there is no ${from} in the script`);
  writeFileSync(script, before.replace(from, to));
}

function say(what, found) {
  wrong.push(...found.map((one) => `${what}: ${one}`));
  console.log(`${found.length === 0 ? "sound" : "WRONG"}  ${what}`);
  found.forEach((one) => console.log(`       ${one}`));
}

async function look(page, name) {
  for (const [width, height] of SIZES) {
    for (const scheme of ["light", "dark"]) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.setViewport({ width, height });
      await new Promise((later) => setTimeout(later, 150));
      // The pages in the frame are looked at by themselves, in check.mjs.
      const found = await page.evaluate(async (rules) => {
        const result = await globalThis.axe.run({ exclude: ["#page"] }, { runOnly: rules, iframes: false });
        return result.violations.map((one) => `${one.id}: ${one.help} (${one.nodes.map((node) => node.target.join(" ")).join(", ")})`);
      }, RULES);
      const { wide, low } = await page.evaluate(() => ({
        wide: document.scrollingElement.scrollWidth - window.innerWidth,
        low: document.scrollingElement.scrollHeight - window.innerHeight,
      }));
      if (wide > 0) found.push(`it is ${wide} pixels too wide`);
      if (low > 0) found.push(`it is ${low} pixels too high`);
      if (name === "fault") {
        const room = await page.$eval("#faults-body", (one) => Math.min(one.clientHeight, one.scrollHeight));
        if (room < 150) found.push(`of the fault only ${room} pixels are seen`);
      }
      say(`${name}, ${width} × ${height}, ${scheme}`, found);
      if (process.env.SHOTS) {
        mkdirSync(process.env.SHOTS, { recursive: true });
        await page.screenshot({ path: join(process.env.SHOTS, `${name.replaceAll(" ", "-")}-${width}-${scheme}.png`) });
      }
    }
  }
  await page.setViewport({ width: 1280, height: 900 });
  await page.emulateMediaFeatures([]);
}

const until = (page, state) => page.waitForFunction((state) => document.body.dataset.state === state, { timeout: 60_000 }, state);
const heard = (page, where) => page.$eval(`#${where}`, (one) => one.textContent);

// What has the focus, key after key, and whether that is to be seen.
async function keys(page) {
  const found = [];
  await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
  const order = [];
  for (let press = 0; press < 12; press += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const one = document.activeElement;
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      return {
        id: one.id || one.className || one.tagName,
        seen: one.tagName === "IFRAME" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 8),
      };
    });
    if (at.id === "BODY" || at.id === "page") {
      order.push(at.id);
      break;
    }
    order.push(at.id);
    if (!at.seen) found.push(`the focus on ${at.id} is not seen`);
  }
  const page_at = order.indexOf("page");
  if (order[0] !== "skip") found.push(`the first stop is ${order[0]}, not the skip link`);
  if (page_at < 0) found.push(`the page itself is not reached: ${order.join(", ")}`);
  for (const before of ["fold", "faults-body"]) {
    if (!order.includes(before)) found.push(`${before} does not come before the page: ${order.join(", ")}`);
  }
  await page.evaluate(() => document.querySelector(".skip").focus());
  await page.keyboard.press("Enter");
  const at = await page.evaluate(() => document.activeElement.id);
  if (at !== "stage") found.push(`the skip link leads to ${at}`);
  await page.focus("#show-moves");
  await page.keyboard.press("Enter");
  if (await page.$eval("#moves", (one) => one.hidden)) {
    await page.keyboard.press("Enter");
  }
  await page.keyboard.press("Escape");
  const after = await page.evaluate(() => [document.getElementById("moves").hidden, document.activeElement.id]);
  if (!after[0] || after[1] !== "show-moves") found.push(`Escape leaves ${after}`);
  say("the keyboard, with a fault", found);
}

// A page with something folded out, a link with the focus and the reader in the middle of it, before and after a save.
async function kept(page) {
  await page.evaluate(() => { document.getElementById("page").contentWindow.location.href = "pages/northshire/standard-caseload.html"; });
  await page.waitForFunction(() => document.getElementById("page").contentDocument?.querySelector("details, summary"), { timeout: 60_000 });
  await new Promise((later) => setTimeout(later, 500));
  const look = () => page.evaluate(() => {
    const { contentWindow: inside, contentDocument: all } = document.getElementById("page");
    return {
      mark: inside.mark === true,
      open: all.querySelector("details").open,
      focus: all.activeElement.textContent,
      y: inside.scrollY,
      target: /at most ([\d.]+)/.exec(all.body.textContent)?.[1],
    };
  });
  await page.evaluate(() => {
    const { contentWindow: inside, contentDocument: all } = document.getElementById("page");
    inside.mark = true;
    const folded = all.querySelector("details");
    folded.open = true;
    folded.querySelector("summary").focus();
    inside.scrollTo(0, Math.min(900, all.documentElement.scrollHeight / 2));
  });
  const before = await look();
  change("at_most(15)", "at_most(14.5)");
  await page.waitForFunction(() => /at most 14.5/.test(document.getElementById("page").contentDocument?.body?.textContent), { timeout: 60_000 });
  const after = await look();
  change("at_most(14.5)", "at_most(15)");
  await page.waitForFunction(() => /at most 15/.test(document.getElementById("page").contentDocument?.body?.textContent), { timeout: 60_000 });
  const found = [];
  if (!after.mark) found.push("the page was loaded again");
  for (const what of ["open", "focus", "y"]) {
    if (before[what] !== after[what]) found.push(`${what} was ${before[what]} and is ${after[what]}`);
  }
  if (before.target === after.target) found.push(`the target is still ${after.target}`);
  if (before.y === 0) found.push("the page is too short to tell");
  say("a save changes the page where it stands", found);
  await page.evaluate(() => { document.getElementById("page").contentWindow.location.href = "index.html"; });
  await new Promise((later) => setTimeout(later, 500));
}

// Milliseconds from a save to the frame in which the page with the new name was painted.
async function painted(page, number) {
  const name = `Northshire ${number} Council`;
  const seen = page.evaluate((name) => new Promise((found) => {
    const look = () => {
      const inside = document.getElementById("page").contentDocument;
      if (inside?.body?.textContent.includes(name)) {
        requestAnimationFrame(() => setTimeout(() => found(performance.timeOrigin + performance.now())));
      } else {
        requestAnimationFrame(look);
      }
    };
    look();
  }), name);
  const before = text().replace(/council\("Northshire[^"]*"/, `council("${name}"`);
  await new Promise((later) => setTimeout(later, 400));
  const began = performance.timeOrigin + performance.now();
  writeFileSync(script, before);
  return (await seen) - began;
}

const { watch, address } = await begin();
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const page = await browser.newPage();
  page.on("console", (message) => { if (!/404|Failed to load/.test(message.text())) wrong.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => wrong.push(`console: ${error.message}`));
  await page.setBypassCSP(true);
  await page.setViewport({ width: 1280, height: 900 });
  // Its request for news stays open: what is waited for is the page alone.
  await page.goto(address, { waitUntil: "domcontentloaded" });
  await until(page, "sound");
  await page.evaluate(axe.source);
  await new Promise((later) => setTimeout(later, 500));
  await look(page, "sound");

  await page.evaluate(() => { document.getElementById("page").contentWindow.location.href = "pages/northshire/index.html"; });
  await new Promise((later) => setTimeout(later, 500));
  change("at_most(16)", "at_most(15)");
  await page.waitForFunction(() => document.querySelectorAll("#saves article").length === 1, { timeout: 60_000 });
  await until(page, "sound");
  const told = await heard(page, "said");
  say("a save is told", /check\.rhai saved/.test(told) ? [] : [`said was: ${told}`]);
  await look(page, "what changed");

  change("target: at_most(15),", "taget: at_most(15),");
  await until(page, "faulty");
  const alarm = await heard(page, "alarm");
  say("a fault is told", /unknown-key/.test(alarm) ? [] : [`the alarm was: ${alarm}`]);
  await look(page, "fault");
  await keys(page);

  change("taget: at_most(15),", "target: at_most(15),");
  await until(page, "sound");
  const mended = [await heard(page, "said"), await heard(page, "alarm")];
  say("that it is mended is told", /^Mended/.test(mended[0]) && mended[1] === "" ? [] : [`said was: ${mended}`]);
  await look(page, "mended");

  await kept(page);
  const took = [];
  for (let number = 1; number <= saves; number += 1) took.push(await painted(page, number));
  took.sort((a, b) => a - b);
  const at = (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))].toFixed(0);
  console.log(`from a save to the painted page: median ${at(0.5)} ms, nine in ten between ${at(0.05)} and ${at(0.95)} ms, ${took.length} saves`);
} finally {
  await browser.close();
  watch.kill("SIGTERM");
  await new Promise((ended) => watch.once("exit", ended));
  rmSync(home, { recursive: true, force: true });
}
wrong.forEach((one) => { if (one.startsWith("console")) console.log(one); });
console.log(wrong.length === 0 ? "nothing is wrong" : `${wrong.length} things are wrong`);
process.exit(wrong.length === 0 ? 0 : 1);
