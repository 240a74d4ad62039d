// One text: its source, its translation as it is typed, what the checks say of it, and the save.

import { ask, element, main, problemList, say, told } from "./ask.js";
import { draftOf, dropDraft, keepDraft } from "./drafts.js";
import { markTexts, scrollToChosen } from "./pages.js";
import { STATES, isSame } from "./states.js";
import { chosenTexts, isLeft, listTexts } from "./texts.js";

const SAVE_SECONDS = 20;

let shown, refresh, waiting;
const part = (selector) => main.querySelector(`#entry ${selector}`);
const area = () => part("#translation");
const textsOf = (code) => (shown.data.panes[code] || { texts: [] }).texts;
const current = () => shown.chosen && textsOf(shown.chosen.code).find((text) => isSame(text, shown.chosen));

export function setUpEntry(release, again) {
  shown = release;
  refresh = again;
  const entry = main.querySelector("#entry");
  part(".close").onclick = closeEntry;
  part("form").onsubmit = (event) => { event.preventDefault(); saveEntry(false); };
  part(".fuzzy").onclick = () => saveEntry(true);
  part(".and-next").onclick = () => saveEntry(false, true);
  part(".discard").onclick = discard;
  part(".previous").onclick = () => step(-1);
  part(".next").onclick = () => step(1);
  window.onstorage = () => { markTexts(shown); listTexts(); }; // another tab keeps or drops a draft
  area().oninput = typed;
  part("#note").oninput = typed;
  entry.onkeydown = (event) => {
    const command = event.ctrlKey || event.metaKey;
    const action = command && event.key === "Enter" ? () => saveEntry(false, true)
      : command && event.key.toLowerCase() === "s" ? () => saveEntry(false)
        : event.altKey && event.key === "ArrowDown" ? () => step(1)
          : event.altKey && event.key === "ArrowUp" ? () => step(-1)
            : event.key === "Escape" ? closeEntry : null;
    if (!action) return;
    event.preventDefault();
    action();
  };
}

export function openEntry(code, number) {
  const text = textsOf(code)[number];
  const { domain, role, source } = text;
  shown.chosen = { code, domain, role, source };
  take(text);
  const panel = main.querySelector("#entry");
  panel.hidden = false;
  const draft = draftOf(shown.slug, code, text);
  if (draft) {
    Object.assign(shown.chosen, { before: draft.before, fuzzy: draft.fuzzy, noteBefore: draft.noteBefore, ignored: new Set(draft.ignored) });
    area().value = draft.text;
    part("#note").value = draft.note;
  }
  panel.querySelector(".conflict").hidden = true;
  panel.querySelector(".hints").replaceChildren();
  refreshEntry();
  panel.querySelector(text.state === "source" ? "h3" : "#translation").focus();
  scrollToChosen(shown.panes.get(code));
  checkEntry();
  showHints(text);
}

// Shows a translation as it is saved.
function take(text) {
  Object.assign(shown.chosen, {
    before: text.translation, fuzzy: text.state === "fuzzy", noteBefore: text.note, ignored: new Set(text.ignored),
  });
  area().value = text.translation;
  part("#note").value = text.note;
}

export function refreshEntry() {
  if (!shown.chosen) { markTexts(shown); return; }
  const text = current();
  if (!text) { gone(); return; }
  const pane = shown.data.panes[shown.chosen.code];
  part("h3").textContent = `${text.role || "label"}, ${pane.name}`;
  part(".source").textContent = text.source;
  for (const one of main.querySelectorAll("#entry .source, #entry .changes")) {
    one.lang = text.written_in;
    one.dir = "auto";
  }
  part(".state").textContent = STATES[text.state];
  part(".state").className = `state ${text.state}`;
  part(".place").textContent = [`${text.file}${text.line ? `:${text.line}` : ""}`, text.place]
    .filter((one, index, all) => one && all.indexOf(one) === index).join("\n");
  part(".comments").textContent = text.comments.join("\n");
  part(".changes").replaceChildren(...text.changes.map(([kind, words]) => element(
    { same: "span", gone: "del", new: "ins" }[kind], { textContent: words })));
  for (const [what, has] of [["comments", text.comments.length], ["changes", text.changes.length]]) {
    for (const one of main.querySelectorAll(`#entry .for-${what}`)) one.hidden = !has;
  }
  part("form").hidden = text.state === "source";
  area().lang = pane.tag;
  area().dir = pane.direction;
  if (text.state !== "source") takeNews(text);
  showUnsaved();
  markTexts(shown);
}

// The translation was changed on disk meanwhile: by somebody else, or by this save.
function takeNews(text) {
  const { before, fuzzy } = shown.chosen;
  part(".conflict").hidden = true;
  if (text.translation === before && (text.state === "fuzzy") === fuzzy) return;
  if (isUnsaved() && area().value !== text.translation) {
    conflict(text.translation);
  } else {
    take(text);
    showChecks(text.problems);
  }
}

const isUnsaved = () => shown.chosen && (area().value !== shown.chosen.before || part("#note").value !== shown.chosen.noteBefore
  || !isSameSet(shown.chosen.ignored, (current() || shown.chosen).ignored));
const isSameSet = (one, other) => [...one].sort().join() === [...other].sort().join();

function typed() {
  const { code, before, fuzzy, noteBefore, ignored } = shown.chosen;
  if (isUnsaved()) {
    keepDraft(shown.slug, code, shown.chosen, {
      text: area().value, before, fuzzy, note: part("#note").value, noteBefore, ignored: [...ignored],
    });
  } else {
    dropDraft(shown.slug, code, shown.chosen);
  }
  showUnsaved();
  markTexts(shown);
  clearTimeout(waiting);
  waiting = setTimeout(() => { listTexts(); checkEntry(); }, 200);
}

function showUnsaved() {
  const text = current();
  part(".unsaved").hidden = !isUnsaved();
  part(".length").textContent = text && text.state !== "source"
    ? `${[...area().value].length} characters; source ${[...text.source].length}` : "";
}

function discard() {
  dropDraft(shown.slug, shown.chosen.code, shown.chosen);
  const text = current();
  if (text) { take(text); showChecks(text.problems); }
  part(".conflict").hidden = true;
  showUnsaved();
  markTexts(shown);
  listTexts();
  area().focus();
}

// What was typed stays: the text may come back when its file is fixed.
function gone() {
  const note = part(".conflict");
  note.textContent = "This text is not in the release any more, or its catalog can’t be read just now.";
  note.hidden = false;
}

function conflict(now) {
  const note = part(".conflict");
  const settle = (then) => () => {
    const text = current();
    Object.assign(shown.chosen, { before: text.translation, fuzzy: text.state === "fuzzy", noteBefore: text.note });
    note.hidden = true;
    then(text);
    typed();
  };
  note.replaceChildren(
    "Somebody else has changed this translation meanwhile. It is now: ",
    element("bdi", { textContent: now || "(empty)" }), " ",
    element("button", { type: "button", textContent: "Keep mine", onclick: settle(() => {}) }), " ",
    element("button", { type: "button", textContent: "Take theirs", onclick: settle((text) => { take(text); }) }),
  );
  note.hidden = false;
}

// Closes the panel; what is typed and not saved is kept, and marked in the page.
export function closeEntry() {
  main.querySelector("#entry").hidden = true;
  const { code } = shown.chosen;
  const text = current(), pane = shown.panes.get(code);
  shown.chosen = null;
  markTexts(shown);
  listTexts();
  const there = text && pane && pane.body.contentDocument && pane.body.contentDocument.querySelector(`[data-entry="${text.number}"]`);
  (there || main.querySelector(".list-button")).focus();
}

// --- to other texts ------------------------------------------------------------------------------

function step(by) {
  const { code } = shown.chosen;
  const listed = main.querySelector("#texts").hidden ? textsOf(code) : chosenTexts(code);
  const at = (current() || { number: -1 }).number;
  const next = by > 0 ? listed.find((text) => text.number > at) : listed.findLast((text) => text.number < at);
  if (next) openEntry(code, next.number);
  else say(by > 0 ? "This is the last text." : "This is the first text.");
}

// Opens the next text that is left to translate, from this one round to it again.
function openNextLeft(code, number) {
  const left = textsOf(code).filter((text) => text.number !== number && isLeft(text, code));
  const next = left.find((text) => text.number > number) || left[0];
  if (next) openEntry(code, next.number);
  return Boolean(next);
}

// --- checks and hints ----------------------------------------------------------------------------

function showChecks(problems) {
  const { ignored } = shown.chosen;
  part(".checks").replaceChildren(
    ...problems.map((problem) => element("li", { className: problem.severity }, told(problem),
      ...(problem.check ? [" ", switchOff(problem.check)] : []))),
    ...[...ignored].map((check) => element("li", { className: "off" }, `The check “${check}” is switched off here. `,
      element("button", {
        type: "button", textContent: "Switch it on", onclick: () => { ignored.delete(check); typed(); checkEntry(); },
      }))),
  );
}

// A check is switched off with a reason, which others read in the note.
function switchOff(check) {
  return element("button", {
    type: "button", textContent: "Switch off here…",
    onclick: (event) => {
      const reason = element("input", { type: "text", ariaLabel: `Why the check “${check}” does not hold here` });
      const done = () => {
        if (!reason.value.trim()) { reason.focus(); return; }
        const note = part("#note");
        note.value = [note.value, `${check}: ${reason.value.trim()}`].filter(Boolean).join("\n");
        shown.chosen.ignored.add(check);
        typed();
        checkEntry();
        area().focus();
      };
      reason.placeholder = "Why it does not hold here";
      reason.onkeydown = (key) => { if (key.key === "Enter" && !key.ctrlKey) { key.preventDefault(); key.stopPropagation(); done(); } };
      event.target.replaceWith(reason, " ", element("button", { type: "button", textContent: "Switch off", onclick: done }));
      reason.focus();
    },
  });
}

async function checkEntry() {
  const text = current();
  if (!text || text.state === "source") { part(".checks").replaceChildren(); return; }
  const { slug, chosen } = shown, translation = area().value;
  const given = { slug, code: chosen.code, number: text.number, translation, ignored: [...chosen.ignored] };
  const { ok, content } = await ask("check", given, SAVE_SECONDS);
  if (ok && shown.chosen === chosen && area().value === translation) showChecks(content.problems);
}

async function showHints(text) {
  const { slug, chosen } = shown;
  if (text.state === "source") return;
  const { ok, content } = await ask(`hints/${slug}/${chosen.code}/${text.number}`);
  if (!ok || shown.chosen !== chosen) return;
  const pane = shown.data.panes[chosen.code];
  const use = (words, whole) => element("button", {
    type: "button", textContent: whole ? "Use" : "Insert",
    onclick: () => {
      area().focus();
      if (whole) area().select();
      document.execCommand("insertText", false, words); // as typed: the browser can undo it
    },
  });
  const said = (words, tag, direction) => element("span", { lang: tag, dir: direction || "auto", textContent: words });
  part(".hints").replaceChildren(
    ...content.terms.map((term) => element("li", {}, element("span", { className: "kind", textContent: "Glossary: " }),
      said(term.source, text.written_in), " → ",
      ...term.translations.flatMap((words) => [said(words, pane.tag, pane.direction), " ", use(words, false), " "]))),
    ...content.near.map((near) => element("li", {}, element("span", { className: "kind", textContent: `${near.likeness} % alike, ${near.file}: ` }),
      said(near.source, text.written_in), element("br"), said(near.translation, pane.tag, pane.direction), " ", use(near.translation, true))),
  );
}

// --- saving --------------------------------------------------------------------------------------

async function saveEntry(fuzzy, andNext = false) {
  const text = current();
  if (!text) { gone(); return; }
  if (text.state === "source") return;
  const { slug, chosen } = shown; // the entry may be closed before the answer comes
  const translation = area().value, note = part("#note").value;
  const given = {
    slug, code: chosen.code, number: text.number, role: chosen.role, source: chosen.source, before: chosen.before,
    before_fuzzy: chosen.fuzzy, translation, fuzzy, note, note_before: chosen.noteBefore, ignored: [...chosen.ignored],
  };
  say("Saving…");
  const { ok, code: answered, content } = await ask("save", given, SAVE_SECONDS);
  if (!ok) {
    failed(chosen, answered, content);
    return;
  }
  const undo = { ...given, before: translation, before_fuzzy: fuzzy, translation: chosen.before, fuzzy: chosen.fuzzy, note: chosen.noteBefore, note_before: note, ignored: text.ignored };
  Object.assign(chosen, { before: translation, fuzzy, noteBefore: note });
  dropIfSaved(slug, chosen, translation);
  say(`Saved in ${content.file}:${content.line} `, element("button", {
    type: "button", textContent: "Undo", onclick: () => undoSave(undo),
  }));
  if (shown.slug !== slug) return;
  await refresh();
  if (andNext && shown.chosen === chosen && !openNextLeft(chosen.code, text.number)) say("Saved; nothing is left to translate.");
}

// What was typed while the save was under way is not saved.
function dropIfSaved(slug, chosen, translation) {
  const draft = draftOf(slug, chosen.code, chosen);
  if (draft && draft.text !== translation) keepDraft(slug, chosen.code, chosen, { ...draft, before: translation, fuzzy: chosen.fuzzy });
  else dropDraft(slug, chosen.code, chosen);
}

async function undoSave(given) {
  const { ok, content } = await ask("save", given, SAVE_SECONDS);
  say(ok ? "Undone." : `Not undone: ${content.error}`);
  await refresh();
}

function failed(chosen, answered, content) {
  const problem = answered ? content.error || "it could not be saved" : `${content.error}; what you typed is kept here, save again later`;
  say(`Not saved: ${problem}`);
  if (shown.chosen !== chosen) return;
  if (answered === 409 && content.now) {
    conflict(content.now.translation);
  } else {
    const note = part(".conflict");
    note.replaceChildren(content.problems ? problemList(content.problems) : `Not saved: ${problem}`);
    note.hidden = false;
  }
}
