// The states of a text, in words.

export const STATES = {
  source: "source text", translated: "translated", fuzzy: "needs review", missing: "not translated",
  unsound: "has errors",
};
export const LEFT = ["missing", "fuzzy", "unsound"];

export function counts(one) {
  const parts = LEFT.filter((state) => one[state]).map((state) => `${one[state]} ${STATES[state]}`);
  if (one.errors) parts.push(`${one.errors} ${STATES.unsound}`);
  return parts.length ? parts.join(", ") : one.translated ? "complete" : "source";
}

export const isSame = (one, other) => one.domain === other.domain && one.role === other.role && one.source === other.source;
