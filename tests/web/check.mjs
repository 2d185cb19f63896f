// The published pages in a browser. In: folders that hold pages (every one in them is opened). Out: a line a page; exit 1 if anything is wrong.
//
// Asked of each page, in light and in dark: no violation of the WCAG 2.2 AA rules that axe-core
// knows (contrast computed), nothing on the console, nothing loaded from elsewhere; at 320 pixels
// it does not scroll sideways; nothing runs over the edge of A4; every link within the folder
// leads to a file, and to a place that is there; and it is valid HTML. With
// SHOTS=folder it leaves pictures to be looked at.

import { existsSync, readdirSync, readFileSync, mkdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import puppeteer from "puppeteer-core";
import axe from "axe-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // The look of the source is the templates' own business.
    "no-trailing-whitespace": "off",
    "long-title": "off",
    "no-inline-style": "off",
    "void-style": "off",
    "no-implicit-button-type": "off",
  },
});

function pages(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pages(path);
    return entry.name.endsWith(".html") ? [path] : [];
  });
}

const ids = new Map();
function broken(link) {
  const [address, place] = link.split("#");
  const path = fileURLToPath(address);
  if (!existsSync(path)) return [`a link to nothing: ${link}`];
  if (!place || !path.endsWith(".html")) return [];
  if (!ids.has(path)) {
    const found = readFileSync(path, "utf8").matchAll(/\sid="([^"]*)"/g);
    ids.set(path, new Set([...found].map((one) => one[1])));
  }
  return ids.get(path).has(decodeURIComponent(place)) ? [] : [`a link to no place: ${link}`];
}

async function look(browser, path) {
  const wrong = [];
  const page = await browser.newPage();
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`console: ${error.message}`));
  page.on("requestfailed", (request) => wrong.push(`not loaded: ${request.url()}`));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) wrong.push(`loaded: ${request.url()}`);
  });
  await page.setBypassCSP(true);
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.setViewport({ width: 1200, height: 900 });
    await page.goto(pathToFileURL(path).href);
    await page.evaluate(axe.source);
    const found = await page.evaluate(
      (rules) => globalThis.axe.run(document, { runOnly: rules }),
      RULES,
    );
    for (const violation of found.violations) {
      const where = violation.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ");
      wrong.push(`${scheme}: ${violation.id}: ${violation.help} (${violation.nodes.length}: ${where})`);
    }
    if (process.env.SHOTS) {
      mkdirSync(process.env.SHOTS, { recursive: true });
      const name = `${basename(dirname(path))}-${basename(path, ".html")}-${scheme}`;
      await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
    }
  }
  await page.setViewport({ width: 320, height: 700 });
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
  if (wide > 320) wrong.push(`at 320 pixels it is ${wide} wide`);
  if (process.env.SHOTS) {
    const name = `${basename(dirname(path))}-${basename(path, ".html")}-narrow`;
    await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
  }
  // A4 is 680 pixels wide within its margins, and 1009 where a table asks for it lying down.
  await page.emulateMediaType("print");
  await page.setViewport({ width: 680, height: 1000 });
  const beyond = await page.evaluate(() =>
    [...document.querySelectorAll("main *")]
      .filter((part) => !part.closest("pre, .hidden"))
      .filter((part) => part.getBoundingClientRect().right > (part.closest(".landscape") ? 1009 : 681))
      .map((part) => part.tagName.toLowerCase()),
  );
  if (beyond.length > 0) wrong.push(`on A4 it runs over the edge: ${beyond.slice(0, 3).join(", ")}`);
  if (process.env.SHOTS) {
    const name = `${basename(dirname(path))}-${basename(path, ".html")}-print`;
    await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
  }
  await page.emulateMediaType(null);
  const pdf = await page.pdf({ format: "A4" });
  if (pdf.length < 1000) wrong.push("it does not print");
  const links = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((a) => a.href));
  wrong.push(...links.filter((link) => link.startsWith("file:")).flatMap(broken));
  await page.close();
  const report = await validator.validateString(readFileSync(path, "utf8"), path);
  for (const message of report.results.flatMap((result) => result.messages).slice(0, 10)) {
    wrong.push(`line ${message.line}: ${message.ruleId}: ${message.message}`);
  }
  return wrong;
}

const folders = process.argv.slice(2).map((folder) => resolve(folder));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});
let faulty = 0;
for (const path of folders.flatMap(pages)) {
  const wrong = await look(browser, path);
  console.log(`${wrong.length === 0 ? "sound" : "WRONG"} ${path}`);
  for (const line of wrong) console.log(`      ${line}`);
  faulty += wrong.length === 0 ? 0 : 1;
}
await browser.close();
process.exit(faulty === 0 ? 0 : 1);
