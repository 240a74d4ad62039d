// Opens pages in Chromium the ways that readers do, and prints one line of JSON:
// { file: { axe: [finding…], requests: […], console: […], reflow: […], reader: […] } }
//
//   node browser.cjs CHROMIUM FILE…

"use strict";

const fs = require("node:fs");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const readability = ["Readability.js", "Readability-readerable.js"]
  .map((file) => fs.readFileSync(require.resolve(`@mozilla/readability/${file}`), "utf8")).join("\n");

const VIEWPORTS = [
  { name: "phone", width: 390, height: 844 },
  { name: "desktop", width: 1280, height: 900 },
];
const SCHEMES = ["light", "dark"];
const NARROWEST = { width: 320, height: 800 }; // WCAG 2.2, 1.4.10 Reflow

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// A fresh context has its own cache, cookies and settings.
async function open(browser, url, options, found) {
  const context = await browser.newContext(options);
  await context.route("**", (route) => {
    const asked = route.request().url();
    return asked === url || asked.startsWith("data:") ? route.continue() : route.abort();
  });
  const page = await context.newPage();
  page.on("request", (request) => {
    const asked = request.url();
    if (asked !== url && !/^(data|blob):/.test(asked)) found.requests.add(asked);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) found.console.add(message.text());
  });
  page.on("pageerror", (error) => found.console.add(String(error)));
  await page.goto(url, { waitUntil: "load" });
  return page;
}

// Violations by what they say, and where each was seen.
async function violations(page, where, found) {
  await page.evaluate(axe);
  const { violations, incomplete } = await page.evaluate(() => {
    // Every rule of WCAG 2.0 to 2.2, A and AA, and the best practices; axe leaves one off.
    return globalThis.axe.run(document, {
      resultTypes: ["violations", "incomplete"],
      rules: { "target-size": { enabled: true } },
    });
  });
  // Words in the colour of their ground: axe can't know that nobody meant to hide them.
  const unseen = incomplete.map((rule) => ({
    ...rule,
    nodes: rule.nodes.filter((node) => node.any.some((one) => one.data && one.data.messageKey === "equalRatio")),
  }));
  for (const rule of [...violations, ...unseen]) {
    for (const node of rule.nodes) {
      const summary = (node.failureSummary || "").replace(/\s+/g, " ");
      const what = `${rule.id} (${rule.impact}): ${rule.help}; ${node.target.join(" ")}: ${summary}`;
      found.set(what, [...(found.get(what) || []), where]);
    }
  }
}

async function overflowing(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const name = (element) =>
      element.tagName.toLowerCase() + [...element.classList].map((c) => `.${c}`).join("");
    const wide = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > clientWidth + 1 || box.left < -1);
    });
    const names = [...new Set(wide.map(name))].slice(0, 5).join(", ");
    return [`${scrollWidth} px wide in a window of ${clientWidth} px: ${names}`];
  });
}

// What a reader view (Mozilla Readability) leaves out of what a journalist must have.
async function unread(page) {
  return page.evaluate((source) => {
    const flat = (text) => text.replace(/\s+/g, " ").trim();
    const [Readability, isReaderable] = new Function(
      "module", `${source}; return [Readability, isProbablyReaderable];`)({});
    if (!isReaderable(document)) return []; // too little text: no browser offers a reader view
    const article = new Readability(document.cloneNode(true)).parse();
    const shown = flat(`${article ? article.title : ""} ${article ? article.textContent : ""}`);
    const wanted = document.querySelectorAll("a[href^='tel:'], a[href^='mailto:'], .release-line p, .notice p, blockquote p, td");
    const texts = [...wanted].map((element) => flat(element.textContent));
    return texts.filter((text) => !shown.includes(text)).map((text) => `lost in a reader view: ${text}`);
  }, readability);
}

async function visit(browser, file) {
  const url = pathToFileURL(file).href;
  const found = { axe: new Map(), requests: new Set(), console: new Set(), reflow: [], reader: [] };
  for (const { name, width, height } of VIEWPORTS) {
    for (const colorScheme of SCHEMES) {
      const options = { viewport: { width, height }, colorScheme, isMobile: name === "phone" };
      const page = await open(browser, url, options, found);
      await violations(page, `${name} ${colorScheme}`, found.axe);
      await page.context().close();
    }
  }
  const page = await open(browser, url, { viewport: NARROWEST }, found);
  found.reflow = await overflowing(page);
  found.reader = await unread(page);
  await page.context().close();
  return {
    axe: [...found.axe].map(([what, where]) => `${what} (${where.join(", ")})`),
    requests: [...found.requests],
    console: [...found.console],
    reflow: found.reflow,
    reader: found.reader,
  };
}

async function main([executablePath, ...files]) {
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  try {
    const report = {};
    for (const file of files) {
      report[file] = await visit(browser, file).catch((error) => {
        const failed = [`the browser could not finish: ${error.message}`];
        return { axe: failed, requests: failed, console: failed, reflow: failed, reader: failed };
      });
    }
    console.log(JSON.stringify(report));
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
