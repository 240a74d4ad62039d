// Asks the server, and makes elements: what every other part of the page needs.

export const main = document.getElementById("main");
const status = document.getElementById("status");
const NO_ANSWER = "The server does not answer; waiting for it.";

export const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
export const template = (id) => document.getElementById(id).content.cloneNode(true);
export const place = (problem) => [problem.file, problem.line, problem.column].filter(Boolean).join(":");
export const told = (problem) => problem.message + (problem.hint ? `; ${problem.hint}` : "");

// Returns what the server says; code 0 where it has said nothing in time.
export async function ask(path, given, seconds = 120) {
  const options = { signal: AbortSignal.timeout(seconds * 1000) };
  if (given) {
    Object.assign(options, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given),
    });
  }
  try {
    const answer = await fetch(path, options);
    const kind = answer.headers.get("content-type") || "";
    const content = kind.includes("json") ? await answer.json() : await answer.text();
    return { ok: answer.ok, code: answer.status, content };
  } catch (error) {
    const late = error.name === "TimeoutError";
    return { ok: false, code: 0, content: { error: late ? `no answer in ${seconds} seconds` : "the server can’t be reached" } };
  }
}

export function say(text, ...more) {
  status.replaceChildren(text, ...more);
}

export function lost(isLost) {
  if (isLost) say(NO_ANSWER);
  else if (status.textContent === NO_ANSWER) say("");
}

export function problemList(problems, choose) {
  return element("ul", {}, ...problems.map((problem) => {
    const item = element("li", {},
      element("span", { className: "where", textContent: place(problem) }), " ", told(problem));
    const number = choose ? choose.find(problem) : -1;
    if (number >= 0) {
      item.append(" ", element("button", {
        type: "button", textContent: "show", onclick: () => choose.open(number),
      }));
    }
    return item;
  }));
}

export const alertOf = (content) => element("div", { className: "problems", role: "alert" },
  content.problems ? problemList(content.problems) : content.error || "There is nothing of that name.");
