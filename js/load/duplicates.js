// Keys that come twice in one object of a policy's text. `JSON.parse` keeps the last and says nothing of the others. A page downloads
// this file only when a policy was refused.

/** How many problems are reported at once, as by the engine. */
const MOST = 100;

/**
 * The keys that come again, as problems.
 * @param {string} text JSON that `JSON.parse` accepts
 */
export function duplicatesIn(text) {
  /** @type {import("../types.d.ts").Problem[]} */
  const problems = [];
  /** @type {{ path: string, keys?: Set<string>, step: string | number }[]} the objects and lists that are open */
  const open = [];
  const path = () => {
    const inner = open.at(-1);
    if (!inner) return "";
    return typeof inner.step === "number" ? `${inner.path}[${inner.step}]` : inner.path + (inner.path ? "." : "") + inner.step;
  };
  let string = "";
  const tokens = /["[\]{},:]/g;
  for (let found = tokens.exec(text); found; found = tokens.exec(text)) {
    const [token] = found;
    const inner = open.at(-1);
    if (token === '"') {
      tokens.lastIndex = endOf(text, found.index);
      string = text.slice(found.index, tokens.lastIndex);
    } else if (token === "{") open.push({ path: path(), keys: new Set(), step: "" });
    else if (token === "[") open.push({ path: path(), step: 0 });
    else if (token === "}" || token === "]") open.pop();
    else if (token === "," && typeof inner?.step === "number") inner.step += 1;
    else if (token === ":" && inner?.keys) {
      inner.step = /** @type {string} */ (JSON.parse(string));
      if (inner.keys.has(inner.step) && problems.length < MOST) {
        const message = "the object has this key twice, and only the last would count; give each its own, or unite them";
        problems.push({ code: "duplicate-id", path: path(), message });
      }
      inner.keys.add(inner.step);
    }
  }
  return problems;
}

/**
 * Where a string of a JSON text ends. A pattern that finds it fails in a string of millions of characters.
 * @param {string} text
 * @param {number} start
 */
function endOf(text, start) {
  let end = start + 1;
  while (text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end + 1;
}
