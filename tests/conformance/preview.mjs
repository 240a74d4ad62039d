// Drives the preview in Chromium as a translator and an officer would.
//
//   node preview.mjs CHROMIUM GAPRESS NEWSROOM [ROUNDS | PICTURE.png]
//
// NEWSROOM is a copy to write into. With ROUNDS, measures instead how long a save takes to show; with
// a file's name, takes the documentation's picture.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [executablePath, gapress, newsroom, rounds] = process.argv.slice(2);
const SLUG = "2025-11-24-interpol-general-assembly";
const ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const catalog = (code) => path.join(newsroom, `locales/${code}/LC_MESSAGES/${SLUG}.po`);
const source = path.join(newsroom, `releases/${SLUG}.yaml`);
const read = (file) => fs.readFileSync(file, "utf8");
const edit = (file, old, fresh) => {
  const text = read(file);
  assert.ok(text.includes(old), `${file} has no ${old}`);
  fs.writeFileSync(file, text.replace(old, () => fresh));
};

async function serve(port) {
  const server = spawn(gapress, ["-C", newsroom, "preview", "--no-browser", "--port", String(port)]);
  let output = "";
  for await (const piece of server.stdout) {
    output += piece;
    const address = output.match(/http:\S+/);
    if (address) return { server, address: address[0] };
  }
  throw new Error(`no address: ${output}`);
}

async function stop({ server }) {
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGINT");
  await gone;
}

const frameOf = async (page, name) =>
  (await page.waitForSelector(`section[aria-label="${name}"] iframe`)).contentFrame();
const shows = (page, name, text) => page.waitForFunction(([label, wanted]) => {
  const frame = document.querySelector(`section[aria-label="${label}"] iframe`);
  return frame && frame.contentDocument.body && frame.contentDocument.body.innerText.includes(wanted);
}, [name, text], { timeout: 15_000, polling: 10 });

async function isAccessible(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    iframes: false, resultTypes: ["violations"], rules: { "target-size": { enabled: true } },
  }));
  const found = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target}: ${node.failureSummary}`));
  assert.deepEqual(found, [], `axe on ${what}`);
  console.log(`axe: no violation: ${what}`);
}

async function open(context, address) {
  const page = await context.newPage();
  page.on("pageerror", (error) => { throw error; });
  await page.goto(address);
  await page.click(`a[href="#${SLUG}"]`);
  await page.waitForSelector("section.pane iframe");
  return page;
}

async function choose(page, name, selector) {
  const frame = await frameOf(page, name);
  await frame.click(selector);
  await page.waitForSelector("#entry:not([hidden])");
}

async function asATranslator(browser, running) {
  const context = await browser.newContext({ viewport: { width: 1500, height: 900 } });
  let page = await context.newPage();
  await page.goto(running.address);
  await page.waitForSelector("tbody tr");
  await isAccessible(page, "list of releases");
  await page.close();
  page = await open(context, running.address);
  await shows(page, "العربية", "بمراكش");
  await isAccessible(page, "release, screen");

  await choose(page, "Français", "h1 [data-entry]");
  await isAccessible(page, "release with an entry");
  assert.match(await page.textContent("#entry .place"), new RegExp(`locales/fr/LC_MESSAGES/${SLUG}.po:\\d+`));
  const before = read(catalog("fr"));
  const area = page.locator("#translation");
  const old = await area.inputValue();
  await area.fill(old.replace("{session}", ""));
  await page.waitForSelector(".checks li");
  await area.fill(`${old} – vérifié`);
  await page.waitForFunction(() => !document.querySelector(".checks li"));
  await page.click("#entry .reviewed");
  await shows(page, "Français", "vérifié");
  assert.equal(read(catalog("fr")).replace(" – vérifié", "").replace(/\s+/g, " "), before.replace(/\s+/g, " "));
  console.log("a French translation is checked, saved and shown; nothing else in its file has changed");

  await choose(page, "العربية", "h1 [data-entry]");
  assert.equal(await area.getAttribute("dir"), "rtl");
  const entrySource = page.locator("#entry .source");
  assert.equal(await entrySource.getAttribute("lang"), "en-GB");
  const directionOf = (text) => entrySource.evaluate((element, text) => {
    element.textContent = text;
    return getComputedStyle(element).direction;
  }, text);
  assert.equal(await directionOf("انطلاق الدورة (INTERPOL)"), "rtl"); // a source text may be in Arabic
  assert.equal(await directionOf("93rd session"), "ltr");
  await area.fill(`${await area.inputValue()} اليوم`);
  await page.click("#entry .fuzzy");
  await page.waitForFunction(() => document.querySelector("#entry .state").textContent === "needs review");
  assert.match(read(catalog("ar")), /#, fuzzy\n/);
  const frame = await frameOf(page, "العربية");
  await frame.waitForSelector("[data-state=fuzzy]");
  await page.click("#entry .reviewed");
  // The page has shown the words since the first save: only the state tells that this one is done.
  await page.waitForFunction(() => document.querySelector("#entry .state").textContent === "translated");
  await shows(page, "العربية", "اليوم");
  console.log("an Arabic translation is marked for review, then reviewed, and shown");

  // What is typed stays while the catalog can't be read, and is still there when it can.
  await area.fill("ما زلت أكتب");
  const whole = read(catalog("ar"));
  fs.writeFileSync(catalog("ar"), `<<<<<<< mine\n${whole}`);
  const told = page.locator('section[aria-label="العربية"] .problems');
  await told.filter({ hasText: `locales/ar/LC_MESSAGES/${SLUG}.po:1 ` }).waitFor({ state: "visible" });
  fs.writeFileSync(catalog("ar"), whole);
  await told.waitFor({ state: "hidden" });
  assert.equal(await area.inputValue(), "ما زلت أكتب");
  console.log("what is typed outlives a broken catalog");

  await page.click("#entry .discard");
  await page.keyboard.press("Escape");
  await page.click(".list-button");
  await page.check(".left");
  await page.waitForFunction(() => document.querySelector(".list").textContent.includes("Nothing is left"));
  edit(catalog("ar"), "اليوم", "");
  edit(catalog("fr"), 'msgctxt "subheadline"', '#, fuzzy\nmsgctxt "subheadline"');
  await page.selectOption(".of", "fr");
  await page.waitForSelector(".list .fuzzy");
  await isAccessible(page, "what is left to translate");
  await page.focus(".list button");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#entry:not([hidden])");
  await page.keyboard.press("Escape");
  edit(catalog("fr"), '#, fuzzy\nmsgctxt "subheadline"', 'msgctxt "subheadline"');
  await page.waitForFunction(() => document.querySelector(".list").textContent.includes("Nothing is left"));
  await page.click(".list-button");
  console.log("what is left to translate is listed, and reached with the keyboard alone");

  const english = await frameOf(page, "English");
  await english.evaluate(() => { document.scrollingElement.scrollTop = 400; });
  await page.waitForFunction(() => document.querySelector('section[aria-label="Français"] iframe').contentDocument.scrollingElement.scrollTop > 50);
  console.log("panes scroll together");
  edit(source, "\ndate: ", "\ndate: [");
  await page.waitForSelector(".general:not([hidden])");
  assert.match(await page.textContent(".general"), new RegExp(`releases/${SLUG}.yaml:\\d+`));
  assert.ok((await english.evaluate(() => document.body.innerText)).includes("INTERPOL"));
  await isAccessible(page, "release with a mistake");
  edit(source, "\ndate: [", "\ndate: ");
  await page.waitForSelector(".general", { state: "hidden" });
  edit(source, 'headline: "{session}', 'headline: "{sesion}');
  const panel = english.locator("h1 .gapress-problem");
  await panel.waitFor();
  assert.match(await panel.textContent(), new RegExp(`^releases/${SLUG}.yaml:\\d+:\\d+: `));
  edit(source, 'headline: "{sesion}', 'headline: "{session}');
  await panel.waitFor({ state: "detached" });
  await page.waitForSelector(".general", { state: "hidden" });
  assert.ok(await english.evaluate(() => document.scrollingElement.scrollTop) >= 399);
  console.log("a mistake is shown with its place, the last good page and its place stay, and it goes when mended");

  for (const view of ["pdf", "email", "word"]) {
    await page.check(`[name=view][value=${view}]`);
    await page.waitForFunction((wanted) => document.querySelectorAll(wanted).length === 3,
      view === "pdf" ? ".sheets img[src]" : "section.pane iframe", { timeout: 20_000 }).catch(() => {});
    await page.waitForTimeout(400);
    await isAccessible(page, `release, ${view}`);
  }
  await shows(page, "Français", "Marrakech");
  await page.check("[name=view][value=pdf]");
  await page.waitForSelector('section[aria-label="Français"] .sheets img[src]');
  const shown = () => page.getAttribute('section[aria-label="Français"] .sheets img', "src");
  const first = await shown();
  edit(catalog("fr"), " – vérifié", " – imprimé");
  await page.waitForFunction((was) => document.querySelector('section[aria-label="Français"] .sheets img').getAttribute("src") !== was, first, { timeout: 15_000 });
  console.log("the PDF follows a saved catalog");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator('section[aria-label="Français"] details').evaluate((box) => { box.open = true; box.querySelector("a[href$=docx]").click(); }),
  ]);
  assert.match(download.suggestedFilename(), /_fr.*\.docx$/);
  console.log("files are downloaded under their names");
  await page.close();
  return context;
}

async function twoTabs(context, address) {
  const [one, two] = [await open(context, address), await open(context, address)];
  await choose(one, "Français", "h1 [data-entry]");
  await choose(two, "Français", "h1 [data-entry]");
  const old = await one.inputValue("#translation");
  await two.fill("#translation", `${old} (deux)`);
  await one.fill("#translation", `${old} (un)`);
  await one.click("#entry .reviewed");
  await two.waitForSelector(".conflict:not([hidden])");
  await two.click("#entry .reviewed");
  await two.waitForSelector(".conflict:not([hidden])");
  assert.match(read(catalog("fr")).replace(/"\n"/g, ""), /\(un\)/);
  await two.click("text=Take theirs");
  assert.match(await two.inputValue("#translation"), /\(un\)$/);
  edit(catalog("fr"), "(un)", "");
  await Promise.all([one.close(), two.close()]);
  console.log("two tabs: who saves second is told, and nothing is overwritten");
}

async function unsaved(context, running) {
  let page = await open(context, running.address);
  await choose(page, "Français", "h1 [data-entry]");
  const area = page.locator("#translation");
  const old = await area.inputValue();
  await area.fill(`${old} (brouillon)`);
  await page.waitForSelector("#entry .unsaved:not([hidden])");
  // A click elsewhere, a reload and a closed tab cost nothing.
  await choose(page, "Français", "[data-entry]:not(h1 *)");
  assert.notEqual(await area.inputValue(), `${old} (brouillon)`);
  await (await frameOf(page, "Français")).waitForSelector("h1 [data-unsaved]");
  await page.reload();
  await page.waitForSelector("section.pane iframe");
  await choose(page, "Français", "h1 [data-entry]");
  assert.equal(await area.inputValue(), `${old} (brouillon)`);
  await page.close();
  page = await open(context, running.address);
  await page.click(".list-button");
  await page.selectOption(".of", "fr");
  await page.check(".left");
  await page.waitForSelector(".list .unsaved");
  await page.fill(".find", "BROUILLON-NULLE-PART");
  await page.waitForFunction(() => document.querySelector(".list").textContent.includes("Nothing is found"));
  await page.fill(".find", "session");
  await isAccessible(page, "texts that are searched");
  await page.click(".list button");
  await page.waitForFunction(() => document.querySelector("#translation").value.endsWith("(brouillon)"));
  // Somebody else changes it meanwhile: both are told, and nothing is lost.
  edit(catalog("fr"), "redémarré", "repris");
  await page.waitForSelector(".conflict:not([hidden])");
  await page.click("text=Keep mine");
  assert.match(await page.inputValue("#translation"), /\(brouillon\)$/);
  await page.click("#entry .discard");
  assert.match(await page.inputValue("#translation"), /repris/);
  await page.waitForSelector(".list .unsaved", { state: "detached" });
  // A server that does not answer is told, and the text is kept.
  await page.route("**/save", (route) => route.abort());
  await page.fill("#translation", `${old} (en panne)`);
  await page.keyboard.press("Control+s");
  await page.waitForFunction(() => document.querySelector(".conflict").textContent.includes("what you typed is kept"));
  await page.unroute("**/save");
  await page.reload();
  await page.waitForSelector("section.pane iframe");
  await choose(page, "Français", "h1 [data-entry]");
  assert.equal(await page.inputValue("#translation"), `${old} (en panne)`);
  await page.keyboard.press("Control+s");
  await shows(page, "Français", "(en panne)");
  await page.click("#status button");
  await page.waitForFunction(() => document.getElementById("status").textContent === "Undone.");
  assert.doesNotMatch(read(catalog("fr")), /en panne/);
  await page.close();
  console.log("what is typed outlives a click elsewhere, a reload, a closed tab and a lost server; a save is undone");
}

async function withTheKeyboard(context, address) {
  const page = await open(context, address);
  // From the page: Tab to a text, arrow keys to others, Enter opens; Escape comes back to it.
  const frame = await frameOf(page, "Français");
  await frame.focus("[data-entry][tabindex='0']");
  assert.equal(await frame.evaluate(() => document.querySelectorAll("[data-entry][tabindex='0']").length), 1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const reached = await frame.evaluate(() => document.activeElement.dataset.entry);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#entry:not([hidden])");
  await page.waitForFunction(() => document.activeElement.id === "translation");
  await page.keyboard.press("Escape");
  assert.equal(await frame.evaluate(() => document.activeElement.dataset.entry), reached);
  await page.keyboard.press("Enter");
  const title = () => page.textContent("#entry .source");
  const first = await title();
  await page.keyboard.press("Alt+ArrowDown");
  await page.waitForFunction((was) => document.querySelector("#entry .source").textContent !== was, first);
  await page.keyboard.press("Alt+ArrowUp");
  await page.waitForFunction((was) => document.querySelector("#entry .source").textContent === was, first);
  // Every text that is left, one after the other, with one key.
  const before = read(catalog("fr"));
  for (const role of ["subheadline", "summary"]) edit(catalog("fr"), `msgctxt "${role}"`, `#, fuzzy\nmsgctxt "${role}"`);
  await frame.waitForFunction(() => document.querySelectorAll("[data-state=fuzzy]").length > 1).catch(() => {});
  await page.click(".list-button");
  await page.selectOption(".of", "fr");
  await page.check(".left");
  await page.waitForFunction(() => document.querySelectorAll(".list .fuzzy").length === 2);
  await page.click(".list button");
  const one = await title();
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction((was) => document.querySelector("#entry .source").textContent !== was, one);
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction(() => document.getElementById("status").textContent.includes("nothing is left"));
  assert.equal(read(catalog("fr")), before);
  // A check is switched off with a reason, which goes into the note.
  const area = page.locator("#translation");
  const old = await area.inputValue();
  await area.fill(`${old} 777`);
  await page.click(".checks button >> nth=0");
  await page.keyboard.type("as agreed");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".checks .off");
  assert.match(await page.inputValue("#note"), /numbers: as agreed$/);
  await isAccessible(page, "entry with a check that is off");
  await page.click("#entry .discard");
  await page.close();
  console.log("a translator works through all texts with the keyboard alone");
}

async function honestKit(context, address) {
  const page = await open(context, address);
  await page.click(".kit summary");
  await page.waitForFunction(() => document.querySelector(".kit .ready").textContent.includes("Can be sent in: English, Français, العربية."));
  edit(catalog("fr"), 'msgctxt "subheadline"', '#, fuzzy\nmsgctxt "subheadline"');
  await page.waitForFunction(() => document.querySelector(".kit .why").textContent.includes("Not in Français: 1 needs review"));
  assert.equal(await page.textContent(".kit a[href$='/zip']"), "Everything in English, العربية (ZIP)");
  await isAccessible(page, "kit");
  await page.click(".kit .make");
  await page.waitForFunction(() => document.querySelector(".kit .result").textContent.startsWith("Made and verified"), null, { timeout: 120_000 });
  assert.match(await page.textContent(".kit .result"), /Without: fr\./);
  assert.ok(!fs.existsSync(path.join(newsroom, "dist", SLUG, "fr")));
  assert.ok(fs.existsSync(path.join(newsroom, "dist", SLUG, "ar")));
  edit(catalog("fr"), '#, fuzzy\nmsgctxt "subheadline"', 'msgctxt "subheadline"');
  await page.close();
  console.log("the kit says what it has and what it lacks, and is made and verified");
}

async function manyTabs(context, address) {
  const pages = [];
  for (let tab = 0; tab < 8; tab += 1) pages.push(await open(context, address));
  edit(catalog("fr"), "repris", "partout");
  for (const page of pages) await shows(page, "Français", "partout");
  await pages.shift().close(); // the one that listens to the server
  edit(catalog("fr"), "partout", "encore");
  for (const page of pages) await shows(page, "Français", "encore");
  for (const page of pages) await page.close();
  console.log("eight tabs follow every change, also when the first is closed");
}

async function restarted(context, running, port) {
  const page = await open(context, running.address);
  await stop(running);
  await page.waitForFunction(() => document.getElementById("status").textContent.includes("waiting"));
  edit(catalog("fr"), " – imprimé", " – redémarré");
  const again = await serve(port);
  assert.equal(again.address, running.address);
  await shows(page, "Français", "redémarré");
  await page.close();
  console.log("the page finds the server again after a restart");
  return again;
}

async function inTheDark(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, colorScheme: "dark" });
  const page = await open(context, address);
  await isAccessible(page, "release, dark");
  await choose(page, "Français", "h1 [data-entry]");
  await page.fill("#translation", "777");
  await page.waitForSelector(".checks li");
  await isAccessible(page, "entry, dark");
  await page.click("#entry .discard");
  await context.close();
}

async function onAPhone(browser, address) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForSelector("tbody tr");
  await isAccessible(page, "list of releases, phone");
  await page.click(`a[href="#${SLUG}"]`);
  await page.waitForSelector("section.pane iframe");
  await isAccessible(page, "release, phone");
  assert.equal(await page.locator("section.pane").count(), 1);
  const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: innerWidth }));
  assert.ok(wide <= room, `${wide} px in a window of ${room} px`);
  await context.close();
  console.log("a phone shows one language, and nothing is wider than it");
}

async function picture(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 810 } });
  edit(catalog("fr"), 'msgctxt "subheadline"', '#, fuzzy\nmsgctxt "subheadline"');
  const page = await open(context, address);
  await shows(page, "Français", "Marrakech");
  await shows(page, "العربية", "بمراكش");
  await choose(page, "Français", ".subheadline [data-entry]");
  await page.waitForTimeout(500);
  await page.screenshot({ path: rounds });
  await context.close();
}

async function measure(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1500, height: 900 } });
  const page = await open(context, address);
  const letter = (round) => String.fromCharCode(97 + (round % 26)); // a number would be a mistake
  const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  let last = " vu";
  edit(catalog("fr"), "INTERPOL s’ouvre", `INTERPOL${last} s’ouvre`);
  await shows(page, "Français", last);
  const screen = [], pdf = [];
  for (let round = 0; round < Number(rounds); round += 1) {
    const fresh = ` vu${letter(round)}`;
    const began = performance.now();
    edit(catalog("fr"), last, fresh);
    await shows(page, "Français", fresh);
    screen.push(performance.now() - began);
    last = fresh;
  }
  await page.check("[name=view][value=pdf]");
  await page.waitForSelector('section[aria-label="Français"] .sheets img[src]');
  await page.waitForTimeout(1500);
  for (let round = 0; round < Number(rounds); round += 1) {
    const was = await page.getAttribute('section[aria-label="Français"] .sheets img', "src");
    const fresh = ` imprimé${letter(round)}`;
    const began = performance.now();
    edit(catalog("fr"), last, fresh);
    await page.waitForFunction((old) => document.querySelector('section[aria-label="Français"] .sheets img').getAttribute("src") !== old, was, { polling: 10 });
    pdf.push(performance.now() - began);
    last = fresh;
  }
  console.log(JSON.stringify({ screen: median(screen) / 1000, pdf: median(pdf) / 1000 }));
}

const running = await serve(0);
const port = Number(new URL(running.address).port);
const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
let last = running;
try {
  if (rounds && rounds.endsWith(".png")) {
    await picture(browser, running.address);
  } else if (rounds) {
    await measure(browser, running.address);
  } else {
    const context = await asATranslator(browser, running);
    await twoTabs(context, running.address);
    last = await restarted(context, running, port);
    await unsaved(context, last);
    await withTheKeyboard(context, last.address);
    await honestKit(context, last.address);
    await manyTabs(context, last.address);
    await inTheDark(browser, last.address);
    await onAPhone(browser, last.address);
  }
} finally {
  await browser.close();
  await stop(last);
}
