// The list of releases.

import { alertOf, ask, element, main, problemList, template } from "./ask.js";
import { draftsOf } from "./drafts.js";
import { counts } from "./states.js";

export async function showReleases(isCurrent) {
  const { ok, code, content } = await ask("releases");
  if (!isCurrent()) return;
  document.title = "gapress preview";
  if (!ok) {
    if (code) main.replaceChildren(alertOf(content));
    return;
  }
  main.replaceChildren(template("releases-page"));
  const head = main.querySelector("thead tr");
  const languages = new Map();
  for (const release of content.releases) {
    for (const { code: language, name } of release.languages) languages.set(language, name);
  }
  for (const name of languages.values()) head.append(element("th", { scope: "col", textContent: name }));
  main.querySelector("tbody").append(...content.releases.map((release) => rowOf(release, languages)));
}

function rowOf(release, languages) {
  const row = element("tr", {}, element("td", {},
    element("a", { href: `#${release.slug}`, dir: "auto", textContent: release.headline }),
    element("span", { className: "slug", textContent: release.slug })));
  if (release.problems.length) row.firstChild.append(problemList(release.problems));
  const drafts = draftsOf(release.slug);
  for (const code of languages.keys()) {
    const found = release.languages.find((one) => one.code === code);
    const unsaved = drafts.filter((draft) => draft.code === code).length;
    row.append(element("td", { textContent: (found ? counts(found) : "–") + (unsaved ? `, ${unsaved} unsaved` : "") }));
  }
  return row;
}
