// The list of all texts of a release in one language: searched, filtered, opened.

import { element, main } from "./ask.js";
import { draftOf, draftsOf, dropDraft } from "./drafts.js";
import { LEFT, STATES, isSame } from "./states.js";

let shown, open;

export function setUpList(release, codes, openEntry) {
  shown = release;
  open = openEntry;
  const texts = main.querySelector("#texts"), opener = main.querySelector(".list-button");
  opener.onclick = () => {
    texts.hidden = !texts.hidden;
    opener.setAttribute("aria-expanded", String(!texts.hidden));
    listTexts();
  };
  const of = texts.querySelector(".of");
  of.append(...codes.map((code) => element("option", { value: code, textContent: shown.data.panes[code].name })));
  of.value = codes.find((code) => LEFT.some((state) => shown.data.panes[code][state])) || codes[codes.length - 1];
  of.onchange = listTexts;
  texts.querySelector(".left").onchange = listTexts;
  texts.querySelector(".find").oninput = listTexts;
}

// Returns the texts that the list shows, as the filter stands.
export function chosenTexts(code) {
  const wanted = plain(main.querySelector(".find").value), left = main.querySelector(".left").checked;
  return shown.data.panes[code].texts.filter((text) => (!left || isLeft(text, code))
    && (!wanted || plain(`${text.source}\n${text.translation}\n${text.role}`).includes(wanted)));
}

export const isLeft = (text, code) => LEFT.includes(text.state) || Boolean(draftOf(shown.slug, code, text));

export function listTexts() {
  const texts = main.querySelector("#texts");
  if (!texts || texts.hidden) return;
  const code = main.querySelector(".of").value, all = shown.data.panes[code].texts;
  const found = chosenTexts(code);
  texts.querySelector(".found").textContent = `${found.length} of ${all.length} texts`;
  texts.querySelector(".list").replaceChildren(...lostDrafts(code, all), ...found.map((text) => itemOf(text, code)));
  if (!found.length) {
    const nothing = main.querySelector(".find").value ? "Nothing is found." : "Nothing is left to translate.";
    texts.querySelector(".list").append(element("li", { textContent: nothing }));
  }
}

function itemOf(text, code) {
  const isUnsaved = draftOf(shown.slug, code, text);
  return element("li", {}, element("button", { type: "button", onclick: () => open(code, text.number) },
    element("span", { className: "role", textContent: text.role || "label" }), " ",
    element("span", { className: `state ${text.state}`, textContent: STATES[text.state] }),
    ...(isUnsaved ? [" ", element("span", { className: "state unsaved", textContent: "not saved" })] : []),
    element("br"), element("span", { lang: text.written_in, dir: "auto", textContent: text.source })));
}

// What was typed for a text that has been reworded since, or is gone.
function lostDrafts(code, texts) {
  return draftsOf(shown.slug)
    .filter((draft) => draft.code === code && !texts.some((text) => isSame(text, draft)))
    .map((draft) => element("li", { className: "lost" },
      element("strong", { textContent: "Not saved; its text is no longer in the release: " }),
      element("span", { dir: "auto", textContent: draft.source }), element("br"),
      element("textarea", { dir: "auto", readOnly: true, value: draft.text, ariaLabel: "What was typed" }),
      element("button", {
        type: "button", textContent: "Discard",
        onclick: () => { dropDraft(shown.slug, code, draft); listTexts(); },
      })));
}

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
