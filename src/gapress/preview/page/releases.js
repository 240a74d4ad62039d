// The list of releases: the newest first, searched and filtered.

import { alertOf, ask, element, main, problemList, template } from "./ask.js";
import { draftsOf } from "./drafts.js";
import { LEFT, counts } from "./states.js";

const FILTERS = {
  all: () => true,
  left: (release) => Object.values(release.languages).some((one) => one.errors || LEFT.some((state) => one[state])),
  unsaved: (release) => draftsOf(release.slug).length,
  problems: (release) => release.problems.length,
  embargo: (release) => release.embargo && new Date(release.embargo) > new Date(),
};

let data = null, waiting = new Set(); // the slugs of releases that are being read

export async function showReleases(isCurrent) {
  const { ok, code, content } = await ask("releases");
  if (!isCurrent()) return;
  document.title = "gapress preview";
  if (!ok) {
    if (code) main.replaceChildren(alertOf(content));
    return;
  }
  data = content;
  waiting = new Set(data.waiting);
  if (!main.querySelector(".releases")) setUp();
  fill();
}

function setUp() {
  main.replaceChildren(template("releases-page"));
  main.querySelector(".find").oninput = fill;
  main.querySelector(".which").onchange = fill;
}

function fill() {
  const wanted = main.querySelector(".find").value.toLowerCase().split(/\s+/).filter(Boolean);
  const passes = FILTERS[main.querySelector(".which").value];
  const matches = (release) => {
    const text = `${release.headline} ${release.slug} ${release.kind} ${release.date}`.toLowerCase();
    return wanted.every((word) => text.includes(word)) && passes(release);
  };
  const found = data.releases.filter(matches);
  const languages = Object.entries(data.languages);
  main.querySelector("thead tr").replaceChildren(...["Release", "Date", ...languages.map(([, name]) => name), "State", "Kit"].map(
    (name) => element("th", { scope: "col", textContent: name })));
  main.querySelector("tbody").replaceChildren(...found.map((release) => rowOf(release, languages)));
  const reading = data.waiting.length ? `; ${data.waiting.length} are being read` : "";
  main.querySelector(".found").textContent = `${found.length} of ${data.releases.length} releases${reading}`;
}

function rowOf(release, languages) {
  const first = element("td", {},
    element("a", { href: `#${release.slug}`, dir: "auto", textContent: release.headline }),
    element("span", { className: "slug", textContent: release.slug }));
  if (release.problems.length) first.append(problemList(release.problems));
  const drafts = draftsOf(release.slug);
  const isRead = !waiting.has(release.slug);
  const cells = languages.map(([code]) => {
    const one = release.languages[code];
    const unsaved = drafts.filter((draft) => draft.code === code).length;
    const state = !one ? "–" : code === release.written_in ? "source" : counts(one);
    return element("td", { textContent: state + (unsaved ? `, ${unsaved} unsaved` : "") });
  });
  return element("tr", {}, first,
    element("td", { className: "short", textContent: release.date }), ...cells,
    element("td", { textContent: stateOf(release) }),
    element("td", { className: "short", textContent: isRead && !release.problems.length ? release.kit : "–" }));
}

function stateOf(release) {
  const parts = [release.kind];
  if (release.withdrawn) parts.push("withdrawn");
  else if (release.version > 1) parts.push(`corrected, version ${release.version}`);
  if (release.embargo) {
    const isOver = new Date(release.embargo) <= new Date();
    parts.push(`${isOver ? "embargo ended" : "under embargo until"} ${release.embargo.slice(0, 16).replace("T", " ")}`);
  }
  return parts.filter(Boolean).join(", ") || "–";
}
