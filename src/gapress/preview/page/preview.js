// The preview's page: asks the server for what has changed, and shows it without losing its place.
"use strict";

const main = document.getElementById("main");
const status = document.getElementById("status");
const STATES = {
  source: "source text", translated: "translated", fuzzy: "needs review", missing: "not translated",
  unsound: "has errors",
};
const LEFT = ["missing", "fuzzy", "unsound"];
const WHOLE = { zip: "Everything (ZIP)", "index.html": "Index page", eml: "E-mail draft in all languages", "manifest.json": "Manifest", SHA256SUMS: "Checksums" };
const FORMATS = { pdf: "PDF", docx: "Word", html: "Web page", txt: "Text", eml: "E-mail draft", ninjs: "News data", ics: "Calendar" };

let shown = null; // the release that is open: {slug, data, view, panes, chosen}
let asked = 0; // the number of the last question: answers to older ones are of no use

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const template = (id) => document.getElementById(id).content.cloneNode(true);
const place = (problem) => [problem.file, problem.line, problem.column].filter(Boolean).join(":");

async function ask(path, given) {
  const answer = await fetch(path, given && {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given),
  });
  const kind = answer.headers.get("content-type") || "";
  const content = kind.includes("json") ? await answer.json() : await answer.text();
  return { ok: answer.ok, code: answer.status, content };
}

function problemList(problems, choose) {
  return element("ul", {}, ...problems.map((problem) => {
    const item = element("li", {},
      element("span", { className: "where", textContent: place(problem) }), " ",
      problem.message + (problem.hint ? `; ${problem.hint}` : ""));
    const number = choose && choose.find(problem);
    if (number !== undefined && number !== false && number >= 0) {
      item.append(" ", element("button", {
        type: "button", textContent: "show", onclick: () => choose.open(number),
      }));
    }
    return item;
  }));
}

// --- the list of releases ------------------------------------------------------------------------

async function showReleases() {
  const question = ++asked;
  const { ok, content } = await ask("releases");
  if (question !== asked) return;
  shown = null;
  document.title = "gapress preview";
  if (!ok) {
    main.replaceChildren(element("div", { className: "problems", role: "alert" }, problemList(content.problems || [])));
    return;
  }
  main.replaceChildren(template("releases-page"));
  const head = main.querySelector("thead tr");
  const languages = new Map();
  for (const release of content.releases) {
    for (const { code, name } of release.languages) languages.set(code, name);
  }
  for (const name of languages.values()) head.append(element("th", { scope: "col", textContent: name }));
  for (const release of content.releases) {
    const row = element("tr", {}, element("td", {},
      element("a", { href: `#${release.slug}`, dir: "auto", textContent: release.headline }),
      element("span", { className: "slug", textContent: release.slug })));
    if (release.problems.length) row.firstChild.append(problemList(release.problems));
    for (const code of languages.keys()) {
      const found = release.languages.find((one) => one.code === code);
      row.append(element("td", { textContent: found ? counts(found) : "–" }));
    }
    main.querySelector("tbody").append(row);
  }
}

function counts(one) {
  const parts = LEFT.filter((state) => one[state]).map((state) => `${one[state]} ${STATES[state]}`);
  return parts.length ? parts.join(", ") : one.translated ? "complete" : "source";
}

// --- one release ---------------------------------------------------------------------------------

async function showRelease(slug) {
  const question = ++asked;
  const { ok, content } = await ask(`release/${slug}`);
  if (question !== asked) return;
  if (!ok) {
    main.replaceChildren(element("div", { className: "problems", role: "alert" },
      content.problems ? problemList(content.problems) : content.error || "not found"));
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
      remember();
      update(shown.data);
    };
    return element("label", {}, box, ` ${data.panes[code].name}`);
  }));
  for (const button of main.querySelectorAll("[name=view]")) {
    button.checked = button.value === shown.view;
    button.onchange = () => { shown.view = button.value; remember(); update(shown.data); };
  }
  const texts = main.querySelector("#texts");
  const opener = main.querySelector(".list-button");
  opener.onclick = () => {
    texts.hidden = !texts.hidden;
    opener.setAttribute("aria-expanded", String(!texts.hidden));
    if (!texts.hidden) listTexts();
  };
  main.querySelector(".kit ul").append(...Object.entries(WHOLE).map(([name, label]) => element("li", {},
    element("a", { href: `kit/${slug}/${name}`, textContent: label, download: "" }))));
  const of = texts.querySelector(".of");
  of.append(...codes.map((code) => element("option", { value: code, textContent: data.panes[code].name })));
  of.value = codes.find((code) => LEFT.some((state) => data.panes[code][state])) || codes[codes.length - 1];
  of.onchange = listTexts;
  texts.querySelector(".left").onchange = listTexts;
  const entry = main.querySelector("#entry");
  entry.querySelector(".close").onclick = closeEntry;
  entry.onkeydown = (event) => { if (event.key === "Escape") closeEntry(); };
  entry.querySelector("form").onsubmit = (event) => { event.preventDefault(); saveEntry(false); };
  entry.querySelector(".fuzzy").onclick = () => saveEntry(true);
  let waiting;
  entry.querySelector("textarea").oninput = () => { clearTimeout(waiting); waiting = setTimeout(checkEntry, 200); };
}

function remember() {
  sessionStorage.setItem(shown.slug, JSON.stringify({ view: shown.view, languages: [...shown.languages] }));
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
  if (!main.querySelector("#texts").hidden) listTexts();
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
  if (!pane || pane.body.tagName !== "IFRAME" || shown.view !== "screen") return;
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
  if (pane.body.tagName !== "IFRAME") {
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
  there.replaceChild(there.importNode(fresh.documentElement, true), there.documentElement);
  there.scrollingElement.scrollTop = top;
  there.onclick = (event) => {
    const found = event.target.closest && event.target.closest("[data-entry]");
    if (event.target.closest && event.target.closest("a[href]")) event.preventDefault();
    if (found) openEntry(code, Number(found.dataset.entry));
  };
  there.onscroll = () => scrollTogether(code, there.scrollingElement);
  markChosen();
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
  if (shown.scrolling && shown.scrolling !== code) return;
  shown.scrolling = code;
  clearTimeout(shown.scrollEnd);
  shown.scrollEnd = setTimeout(() => { if (shown) shown.scrolling = null; }, 120);
  const share = mover.scrollTop / Math.max(1, mover.scrollHeight - mover.clientHeight);
  for (const [other, pane] of shown.panes) {
    if (other === code) continue;
    const box = pane.body.tagName === "IFRAME" ? pane.body.contentDocument.scrollingElement : pane.body;
    if (box) box.scrollTop = share * (box.scrollHeight - box.clientHeight);
  }
}

// --- texts ---------------------------------------------------------------------------------------

function listTexts() {
  const code = main.querySelector(".of").value, left = main.querySelector(".left").checked;
  const data = shown.data.panes[code];
  const texts = data.texts.filter((text) => !left || LEFT.includes(text.state));
  main.querySelector(".list").replaceChildren(...texts.map((text) => element("li", {}, element("button", {
    type: "button", onclick: () => openEntry(code, text.number),
  },
  element("span", { className: "role", textContent: text.role || "label" }), " ",
  element("span", { className: `state ${text.state}`, textContent: STATES[text.state] }),
  element("br"), element("span", { lang: text.written_in, dir: "auto", textContent: text.source })))));
  if (!texts.length) main.querySelector(".list").replaceChildren(element("li", { textContent: "Nothing is left to translate." }));
}

const current = () => shown && shown.chosen && (shown.data.panes[shown.chosen.code] || { texts: [] }).texts.find(
  (text) => text.role === shown.chosen.role && text.source === shown.chosen.source && text.domain === shown.chosen.domain);

function openEntry(code, number) {
  const text = shown.data.panes[code].texts[number];
  const { domain, role, source, translation, state } = text;
  shown.chosen = { code, domain, role, source, before: translation, fuzzy: state === "fuzzy" };
  const panel = main.querySelector("#entry");
  panel.hidden = false;
  panel.querySelector("textarea").value = state === "source" ? source : translation;
  panel.querySelector(".conflict").hidden = true;
  refreshEntry();
  panel.querySelector(state === "source" ? "h3" : "textarea").focus();
  showChecks(text.problems);
  scrollToChosen();
}

function refreshEntry() {
  const text = current();
  const panel = main.querySelector("#entry");
  if (!text) { if (shown.chosen) gone(); return; }
  const pane = shown.data.panes[shown.chosen.code];
  panel.querySelector("h3").textContent = `${text.role || "label"}, ${pane.name}`;
  panel.querySelector(".source").textContent = text.source;
  for (const one of panel.querySelectorAll(".source, .changes")) {
    one.lang = text.written_in;
    one.dir = "auto";
  }
  const state = panel.querySelector(".state");
  state.textContent = STATES[text.state];
  state.className = `state ${text.state}`;
  panel.querySelector(".place").textContent = [`${text.file}${text.line ? `:${text.line}` : ""}`, text.place]
    .filter((one, index, all) => one && all.indexOf(one) === index).join("\n");
  panel.querySelector(".comments").textContent = text.comments.join("\n");
  for (const one of panel.querySelectorAll(".for-comments")) one.hidden = !text.comments.length;
  panel.querySelector(".changes").replaceChildren(...text.changes.map(([kind, words]) => element(
    { same: "span", gone: "del", new: "ins" }[kind], { textContent: words })));
  for (const one of panel.querySelectorAll(".for-changes")) one.hidden = !text.changes.length;
  panel.querySelector("form").hidden = text.state === "source";
  const area = panel.querySelector("textarea");
  area.lang = pane.tag;
  area.dir = pane.direction;
  const touched = area.value !== shown.chosen.before;
  const changed = text.translation !== shown.chosen.before || (text.state === "fuzzy") !== shown.chosen.fuzzy;
  if (text.state !== "source" && changed && touched && area.value !== text.translation) {
    conflict(text.translation);
  } else {
    panel.querySelector(".conflict").hidden = true;
    if (text.state !== "source" && changed) {
      area.value = text.translation;
      Object.assign(shown.chosen, { before: text.translation, fuzzy: text.state === "fuzzy" });
      showChecks(text.problems);
    }
  }
  markChosen();
}

// What was typed stays: the text may come back when its file is fixed.
function gone() {
  const note = main.querySelector(".conflict");
  note.textContent = "This text is not in the release any more, or its catalog can’t be read just now.";
  note.hidden = false;
}

function conflict(now) {
  const note = main.querySelector(".conflict");
  note.textContent = `Somebody else has changed this translation meanwhile. It is now: ${now || "(empty)"} `;
  note.append(element("button", {
    type: "button", textContent: "Keep mine",
    onclick: () => { const text = current(); Object.assign(shown.chosen, { before: text.translation, fuzzy: text.state === "fuzzy" }); note.hidden = true; },
  }), " ", element("button", {
    type: "button", textContent: "Take theirs",
    onclick: () => { const text = current(); main.querySelector("textarea").value = text.translation; Object.assign(shown.chosen, { before: text.translation, fuzzy: text.state === "fuzzy" }); note.hidden = true; showChecks(text.problems); },
  }));
  note.hidden = false;
}

function closeEntry() {
  main.querySelector("#entry").hidden = true;
  shown.chosen = null;
  markChosen();
  main.querySelector(".list-button").focus();
}

function markChosen() {
  for (const [code, pane] of shown.panes) {
    if (pane.body.tagName !== "IFRAME") continue;
    const page = pane.body.contentDocument;
    for (const old of page.querySelectorAll("[data-chosen]")) delete old.dataset.chosen;
    const text = shown.chosen && shown.data.panes[code].texts.find(
      (one) => one.role === shown.chosen.role && one.source === shown.chosen.source && one.domain === shown.chosen.domain);
    if (!text) continue;
    for (const one of page.querySelectorAll(`[data-entry="${text.number}"]`)) one.dataset.chosen = "";
  }
}

function scrollToChosen() {
  const pane = shown.panes.get(shown.chosen.code);
  if (!pane || pane.body.tagName !== "IFRAME") return;
  const found = pane.body.contentDocument.querySelector("[data-chosen]");
  if (found) found.scrollIntoView({ block: "nearest" });
}

function showChecks(problems) {
  main.querySelector(".checks").replaceChildren(...problems.map((problem) => element("li", {
    className: problem.severity, textContent: problem.message + (problem.hint ? `; ${problem.hint}` : ""),
  })));
}

async function checkEntry() {
  const text = current();
  if (!text) return;
  const translation = main.querySelector("textarea").value;
  const { ok, content } = await ask("check", { slug: shown.slug, code: shown.chosen.code, number: text.number, translation });
  if (ok && shown && shown.chosen && main.querySelector("textarea").value === translation) showChecks(content.problems);
}

async function saveEntry(fuzzy) {
  const text = current();
  if (!text) { gone(); return; }
  const { slug, chosen } = shown; // the entry may be closed before the answer comes
  const { code, role, source, before } = chosen;
  const translation = main.querySelector("textarea").value;
  const given = { slug, code, number: text.number, role, source, before, before_fuzzy: chosen.fuzzy, translation, fuzzy };
  const { ok, code: answered, content } = await ask("save", given);
  if (ok) {
    Object.assign(chosen, { before: translation, fuzzy });
    status.textContent = `Saved in ${content.file}:${content.line}`;
    if (shown && shown.slug === slug) showRelease(slug);
    return;
  }
  const problem = content.error || "It could not be saved.";
  if (!shown || shown.chosen !== chosen) {
    status.textContent = `Not saved: ${problem}`;
  } else if (answered === 409 && content.now) {
    conflict(content.now.translation);
  } else {
    const note = main.querySelector(".conflict");
    note.replaceChildren(content.problems ? problemList(content.problems) : problem);
    note.hidden = false;
  }
}

// --- what happens --------------------------------------------------------------------------------

function show() {
  const slug = decodeURIComponent(location.hash.slice(1));
  const done = slug ? showRelease(slug) : showReleases();
  return done.catch(() => { status.textContent = WAITING; });
}

window.onhashchange = () => { show().then(() => main.focus()); };
document.getElementById("home").onclick = (event) => { event.preventDefault(); location.hash = ""; };
const events = new EventSource("events");
const WAITING = "The server does not answer; waiting for it.";
events.onmessage = () => { if (status.textContent === WAITING) status.textContent = ""; show(); };
events.onerror = () => { status.textContent = WAITING; };
