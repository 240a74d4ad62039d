// One release: its languages side by side, in one of four views.

import { alertOf, ask, element, main, place, problemList, template } from "./ask.js";
import { openEntry, refreshEntry, setUpEntry } from "./entry.js";
import { focusedText, isSheet, markTexts, setUpTexts } from "./pages.js";
import { setUpKit, showKit } from "./kit.js";
import { counts } from "./states.js";
import { listTexts, setUpList } from "./texts.js";

const FORMATS = { pdf: "PDF", docx: "Word", html: "Web page", txt: "Text", eml: "E-mail draft", ninjs: "News data", ics: "Calendar" };

// The release that is open: {slug, data, view, languages, panes, chosen, scrolling}.
let shown = null;

export function closeRelease() {
  shown = null;
}

export async function showRelease(slug, isCurrent) {
  const { ok, code, content } = await ask(`release/${slug}`);
  if (!isCurrent()) return;
  if (!ok) {
    if (!code) return; // the server is away: what is shown stays
    main.replaceChildren(alertOf(content));
    shown = null;
    return;
  }
  if (!shown || shown.slug !== slug) openRelease(slug, content);
  await update(content);
}

function openRelease(slug, data) {
  const remembered = JSON.parse(sessionStorage.getItem(slug) || "{}");
  main.replaceChildren(template("release-page"));
  shown = { slug, data, view: remembered.view || "screen", panes: new Map(), chosen: null, scrolling: null };
  const codes = Object.keys(data.panes);
  const few = codes.slice(0, window.innerWidth < 800 ? 1 : 3);
  shown.languages = new Set((remembered.languages || few).filter((code) => codes.includes(code)));
  main.querySelector(".languages").append(...codes.map((code) => {
    const box = element("input", { type: "checkbox", value: code, checked: shown.languages.has(code) });
    box.onchange = () => {
      if (box.checked) shown.languages.add(code); else shown.languages.delete(code);
      redraw();
    };
    return element("label", {}, box, ` ${data.panes[code].name}`);
  }));
  for (const button of main.querySelectorAll("[name=view]")) {
    button.checked = button.value === shown.view;
    button.onchange = () => { shown.view = button.value; redraw(); };
  }
  setUpKit(slug);
  setUpList(shown, codes, openEntry);
  setUpEntry(shown, () => showRelease(slug, () => shown && shown.slug === slug));
}

function redraw() {
  sessionStorage.setItem(shown.slug, JSON.stringify({ view: shown.view, languages: [...shown.languages] }));
  update(shown.data);
}

async function update(data) {
  shown.data = data;
  document.title = `${data.headline} – gapress preview`;
  const title = main.querySelector("h2");
  title.textContent = data.headline;
  title.dir = "auto";
  const general = main.querySelector(".general");
  general.hidden = !data.problems.length;
  general.replaceChildren(problemList(data.problems));
  const panes = main.querySelector(".panes");
  for (const [code, pane] of [...shown.panes]) {
    if (shown.languages.has(code) && data.panes[code]) continue;
    pane.root.remove();
    shown.panes.delete(code);
  }
  for (const code of Object.keys(data.panes)) {
    if (shown.languages.has(code) && !shown.panes.has(code)) shown.panes.set(code, makePane(code));
  }
  const order = Object.keys(data.panes).filter((code) => shown.panes.has(code)).map((code) => shown.panes.get(code).root);
  order.forEach((root, index) => { if (panes.children[index] !== root) panes.insertBefore(root, panes.children[index] || null); });
  await Promise.all([...shown.panes.keys()].map((code) => fillPane(code)));
  if (!shown || shown.data !== data) return;
  showKit(data);
  listTexts();
  refreshEntry();
}

function makePane(code) {
  const pane = {
    files: element("ul"),
    counts: element("span", { className: "counts" }),
    problems: element("div", { className: "problems", hidden: true }),
    content: "", view: "",
  };
  pane.title = element("strong");
  pane.body = element("div", { hidden: true });
  pane.root = element("section", { className: "pane" },
    element("div", { className: "pane-head" }, pane.title, pane.counts,
      element("details", {}, element("summary", { textContent: "Files" }), pane.files)),
    pane.problems, pane.body);
  pane.root.setAttribute("aria-label", shown.data.panes[code].name);
  return pane;
}

async function fillPane(code) {
  const data = shown.data.panes[code], pane = shown.panes.get(code), view = shown.view;
  pane.title.textContent = data.name;
  pane.counts.textContent = counts(data);
  pane.files.replaceChildren(...data.formats.map((form) => element("li", {},
    element("a", { href: `file/${shown.slug}/${code}/${form}`, textContent: FORMATS[form] || form, download: "" }))));
  pane.problems.hidden = !data.problems.length;
  const choose = {
    find: (problem) => textOf(data, problem),
    open: (number) => openEntry(code, number),
  };
  pane.problems.replaceChildren(problemList(data.problems, choose));
  if (pane.content === data.content && pane.view === view) { showAtTexts(code); return; }
  const slug = shown.slug;
  const { ok, content } = await ask(`view/${slug}/${code}/${view}`);
  // Meanwhile another release, view or set of languages may have been chosen.
  if (!shown || shown.slug !== slug || shown.view !== view || shown.panes.get(code) !== pane) return;
  if (!ok) {
    pane.problems.hidden = false;
    pane.problems.replaceChildren(content.problems ? problemList(content.problems, choose) : content.error);
    return; // what could last be shown stays
  }
  pane.content = data.content;
  if (view === "pdf") showSheets(code, pane, content.pages);
  else showFrame(code, pane, content);
  pane.view = view;
  showAtTexts(code);
}

const textOf = (data, problem) => data.texts.findIndex((text) => (text.file === problem.file && text.line === problem.line)
  || (text.place && text.place.startsWith(`${problem.file}:${problem.line}:`)));

// A problem stands under the text that it concerns, too; in the page that could last be shown.
function showAtTexts(code) {
  const pane = shown.panes.get(code), data = shown.data.panes[code];
  if (!pane || isSheet(pane) || shown.view !== "screen") return;
  const page = pane.body.contentDocument;
  for (const old of page.querySelectorAll(".gapress-problem")) old.remove();
  for (const problem of [...shown.data.problems, ...data.problems]) {
    const number = textOf(data, problem);
    const text = number >= 0 && page.querySelector(`[data-entry="${number}"]`);
    if (!text) continue;
    const block = text.closest("p, h1, h2, li, th, td, caption, figcaption") || text;
    block.append(element("span", {
      className: "gapress-problem", lang: "en", dir: "ltr", textContent: `${place(problem)}: ${problem.message}`,
    }));
  }
}

function showFrame(code, pane, text) {
  if (isSheet(pane)) {
    // No script of the page runs; what is clicked is handled here.
    const frame = element("iframe", { title: `${shown.data.panes[code].name}: ${shown.view}` });
    frame.setAttribute("sandbox", "allow-same-origin");
    pane.body.replaceWith(frame);
    pane.body = frame;
  }
  const frame = pane.body;
  frame.title = `${shown.data.panes[code].name}: ${shown.view}`;
  const before = frame.contentDocument.scrollingElement;
  const top = pane.view === shown.view && before ? before.scrollTop : 0;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const there = frame.contentDocument;
  const focused = focusedText(there);
  there.replaceChild(there.importNode(fresh.documentElement, true), there.documentElement);
  there.scrollingElement.scrollTop = top;
  setUpTexts(there, focused, (number) => openEntry(code, number));
  there.onscroll = () => scrollTogether(code, there.scrollingElement);
  markTexts(shown);
}

function showSheets(code, pane, count) {
  if (!pane.body.classList.contains("sheets")) {
    const sheets = element("div", { className: "sheets", tabIndex: 0 });
    sheets.setAttribute("role", "region");
    sheets.setAttribute("aria-label", `${shown.data.panes[code].name}: PDF`);
    sheets.onscroll = () => scrollTogether(code, sheets);
    pane.body.replaceWith(sheets);
    pane.body = sheets;
  }
  const pages = [...Array(count).keys()].map((number) => {
    const picture = pane.body.children[number] || element("img");
    const fresh = new Image();
    fresh.onload = () => { picture.src = fresh.src; };
    fresh.src = `page/${shown.slug}/${code}/${number}?${pane.content}`;
    picture.alt = `${shown.data.panes[code].name}, page ${number + 1} of ${count}`;
    return picture;
  });
  [...pane.body.children].slice(count).forEach((picture) => picture.remove());
  pages.forEach((picture) => { if (!picture.parentNode) pane.body.append(picture); });
}

function scrollTogether(code, mover) {
  if (!shown || (shown.scrolling && shown.scrolling !== code)) return;
  shown.scrolling = code;
  clearTimeout(shown.scrollEnd);
  shown.scrollEnd = setTimeout(() => { if (shown) shown.scrolling = null; }, 120);
  const share = mover.scrollTop / Math.max(1, mover.scrollHeight - mover.clientHeight);
  for (const [other, pane] of shown.panes) {
    if (other === code) continue;
    const box = isSheet(pane) ? pane.body : pane.body.contentDocument.scrollingElement;
    if (box) box.scrollTop = share * (box.scrollHeight - box.clientHeight);
  }
}
