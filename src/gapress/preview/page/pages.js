// The texts in the pages: chosen by a click or from the keyboard, marked by what is done with them.

import { draftOf } from "./drafts.js";
import { STATES, isSame } from "./states.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export const isSheet = (pane) => pane.body.tagName !== "IFRAME";
export const focusedText = (page) => page.activeElement && page.activeElement.dataset.entry;

// One text of a page is reached with Tab, the others from there with the arrow keys; Enter opens it.
export function setUpTexts(page, focused, open) {
  const texts = [...page.querySelectorAll("[data-entry]")];
  const reach = (chosen) => { for (const text of texts) text.tabIndex = text === chosen ? 0 : -1; };
  for (const text of texts) text.setAttribute("aria-description", `${STATES[text.dataset.state]}; Enter opens it`);
  reach(texts[0]);
  page.onclick = (event) => {
    const target = event.target.closest ? event.target : event.target.parentElement;
    if (target.closest("a[href]")) event.preventDefault();
    const text = target.closest("[data-entry]");
    if (text) { reach(text); open(Number(text.dataset.entry)); }
  };
  page.onkeydown = (event) => {
    const text = event.target.closest && event.target.closest("[data-entry]");
    if (!text || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = STEPS[event.key] && texts[texts.indexOf(text) + STEPS[event.key]];
    if (next) { reach(next); next.focus(); }
    if (event.key === "Enter") open(Number(text.dataset.entry));
    if (next || event.key === "Enter") event.preventDefault();
  };
  const again = focused !== undefined && page.querySelector(`[data-entry="${focused}"]`);
  if (again) { reach(again); again.focus({ preventScroll: true }); }
}

// Marks the text that is open, and those with words that are not saved.
export function markTexts(shown) {
  for (const [code, pane] of shown.panes) {
    if (isSheet(pane)) continue;
    const page = pane.body.contentDocument;
    for (const old of page.querySelectorAll("[data-chosen], [data-unsaved]")) {
      delete old.dataset.chosen;
      delete old.dataset.unsaved;
    }
    for (const text of shown.data.panes[code].texts) {
      const isChosen = shown.chosen && isSame(text, shown.chosen);
      const isUnsaved = draftOf(shown.slug, code, text);
      if (!isChosen && !isUnsaved) continue;
      for (const one of page.querySelectorAll(`[data-entry="${text.number}"]`)) {
        if (isChosen) one.dataset.chosen = "";
        if (isUnsaved) one.dataset.unsaved = "";
      }
    }
  }
}

export function scrollToChosen(pane) {
  if (!pane || isSheet(pane)) return;
  const found = pane.body.contentDocument.querySelector("[data-chosen]");
  if (found) found.scrollIntoView({ block: "nearest" });
}
