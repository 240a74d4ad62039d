// Shows Word files with docx-preview in Chromium and prints the text that can be selected there,
// by file, as one line of JSON.
//
//   node preview-docx.cjs CHROMIUM FILE…

"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const within = (name, file) => path.join(__dirname, "node_modules", name, "dist", file);
const LIBRARIES = [within("jszip", "jszip.min.js"), within("docx-preview", "docx-preview.min.js")];

async function show(browser, file) {
  const page = await browser.newPage();
  await page.route("**", (route) => route.abort());
  await page.setContent("<main></main>");
  for (const library of LIBRARIES) await page.addScriptTag({ content: fs.readFileSync(library, "utf8") });
  const text = await page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const place = document.querySelector("main");
    await globalThis.docx.renderAsync(new Blob([bytes]), place);
    return place.innerText;
  }, fs.readFileSync(file).toString("base64"));
  await page.close();
  return text;
}

async function main([executablePath, ...files]) {
  const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
  try {
    const report = {};
    for (const file of files) report[file] = await show(browser, file);
    console.log(JSON.stringify(report));
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
