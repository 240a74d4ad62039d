// Takes pictures of the upper part of pages in Chromium, one line of JSON a picture on standard input:
// { "page": FILE, "to": FILE, "width": …, "height": …, "scheme": "light" | "dark" }
//
//   node screenshot.cjs CHROMIUM

"use strict";

const fs = require("node:fs");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

// Glyphs are drawn in grey and lie where the font says, not where the screen's pixels are.
const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-lcd-text",
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
  "--hide-scrollbars",
];

async function main([executablePath]) {
  const lines = fs.readFileSync(0, "utf8").split("\n").filter(Boolean);
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  try {
    for (const { page: file, to, width, height, scheme } of lines.map((line) => JSON.parse(line))) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        offline: true,
      });
      const page = await context.newPage();
      await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: to });
      await context.close();
    }
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
