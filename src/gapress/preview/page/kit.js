// The kit of a release: what can be sent, why the rest can't, and the way to make it.

import { ask, element, main, problemList } from "./ask.js";
import { counts } from "./states.js";

const WHOLE = { zip: "Everything (ZIP)", "index.html": "Index page", eml: "E-mail draft in all languages", "manifest.json": "Manifest", SHA256SUMS: "Checksums" };

export function setUpKit(slug) {
  main.querySelector(".kit .files").append(...Object.entries(WHOLE).map(([name, label]) => element("li", {},
    element("a", { href: `kit/${slug}/${name}`, textContent: label, download: "" }))));
  main.querySelector(".kit .make").onclick = () => make(slug);
}

// Says which languages a kit would have today, and what keeps the others back.
export function showKit(data) {
  const panes = Object.values(data.panes);
  const names = panes.filter((pane) => pane.sendable).map((pane) => pane.name);
  const others = panes.filter((pane) => !pane.sendable);
  const whole = data.problems.length ? "No language can be sent: the release has mistakes."
    : names.length ? `Can be sent in: ${names.join(", ")}.` : "No language can be sent yet.";
  main.querySelector(".kit .ready").textContent = whole;
  main.querySelector(".kit .why").replaceChildren(...others.map((pane) => element("li", {
    textContent: `Not in ${pane.name}: ${whyNot(pane)}`,
  })));
  main.querySelector(".kit a[href$='/zip']").textContent = others.length && names.length
    ? `Everything in ${names.join(", ")} (ZIP)` : WHOLE.zip;
}

function whyNot(pane) {
  const left = counts(pane);
  if (left !== "complete" && left !== "source") return left;
  return pane.problems.length ? pane.problems[0].message : "the release has mistakes";
}

async function make(slug) {
  const result = main.querySelector(".kit .result"), button = main.querySelector(".kit .make");
  button.disabled = true;
  result.textContent = "The kit is being made…";
  const { ok, content } = await ask("make", { slug }, 600);
  button.disabled = false;
  if (!ok) {
    result.replaceChildren(content.problems ? problemList(content.problems) : `Not made: ${content.error}`);
    return;
  }
  const bad = [...content.failures.map((failure) => element("li", { textContent: failure }))];
  const left = content.refused.length ? ` Without: ${content.refused.join(", ")}.` : "";
  const done = content.failures.length ? "The kit is not as it should be:" : content.made
    ? `Made and verified: ${content.folder}.${left}` : `Nothing to do: ${content.folder} is up to date, and verified.${left}`;
  result.replaceChildren(element("p", { textContent: done }), element("ul", {}, ...bad));
}
