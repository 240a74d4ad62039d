// What a reader copies from a PDF in Firefox, whose viewer is pdf.js: a list of pages a file, as JSON.
//
//   node pdfjs.mjs FILE…
//
// The viewer lays a span over the page for each item of a page's text, with <br> after an item that
// ends a line; what is copied are the spans' texts, normalized (web/text_layer_builder.js).
import { readFileSync } from "node:fs";

// Node before version 22 lacks it, which pdf.js takes for granted.
Promise.withResolvers ??= () => {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
};
const { getDocument, normalizeUnicode, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");

const found = [];
for (const file of process.argv.slice(2)) {
  const data = new Uint8Array(readFileSync(file));
  const loading = getDocument({ data, verbosity: VerbosityLevel.ERRORS, useSystemFonts: false });
  const pdf = await loading.promise;
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const content = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
    const text = content.items.map((item) => (item.str ?? "") + (item.hasEOL ? "\n" : "")).join("");
    pages.push(normalizeUnicode(text));
  }
  found.push(pages);
  await loading.destroy();
}
process.stdout.write(JSON.stringify(found));
