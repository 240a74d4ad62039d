// The preview's page: asks the server for what has changed, and shows it without losing its place.

import { lost, main } from "./ask.js";
import { isUnkept } from "./drafts.js";
import { listen } from "./events.js";
import { closeRelease, showRelease } from "./release.js";
import { showReleases } from "./releases.js";

let asked = 0; // the number of the last question: answers to older ones are of no use

async function show() {
  const question = ++asked;
  const isCurrent = () => question === asked;
  const slug = decodeURIComponent(location.hash.slice(1));
  if (slug) {
    await showRelease(slug, isCurrent);
  } else {
    closeRelease();
    await showReleases(isCurrent);
  }
}

window.onhashchange = () => { show().then(() => main.focus()); };
document.getElementById("home").onclick = (event) => { event.preventDefault(); location.hash = ""; };
// What the browser could not keep would be lost.
window.onbeforeunload = (event) => { if (isUnkept()) event.preventDefault(); };
listen(show, lost);
