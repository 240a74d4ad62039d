// What is typed and not saved yet, by text: kept in this browser until it is saved or discarded, so
// that a reload, a crash or a lost server costs nothing.

const PREFIX = `gapress draft ${location.pathname} `;
const unkept = new Map(); // where the browser keeps nothing, or its room is full

const keyOf = (slug, code, text) => PREFIX + JSON.stringify([slug, code, text.domain, text.role, text.source]);

// A draft is {text, before, fuzzy}: what was typed, over which translation, and its state.
export function draftOf(slug, code, text) {
  const key = keyOf(slug, code, text);
  const kept = unkept.get(key) || read(key);
  return kept || null;
}

export function keepDraft(slug, code, text, draft) {
  const key = keyOf(slug, code, text);
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    unkept.delete(key);
  } catch {
    unkept.set(key, draft);
  }
}

export function dropDraft(slug, code, text) {
  const key = keyOf(slug, code, text);
  unkept.delete(key);
  try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
}

// Returns all drafts of a release: {code, domain, role, source, text, …}.
export function draftsOf(slug) {
  const keys = new Set(unkept.keys());
  try {
    for (let index = 0; index < localStorage.length; index += 1) keys.add(localStorage.key(index));
  } catch { /* nothing is kept */ }
  return [...keys].filter((key) => key.startsWith(PREFIX)).map((key) => {
    const [of, code, domain, role, source] = JSON.parse(key.slice(PREFIX.length));
    return { of, code, domain, role, source, ...(unkept.get(key) || read(key)) };
  }).filter((draft) => draft.of === slug && draft.text !== undefined);
}

export const isUnkept = () => unkept.size > 0;

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}
