// Where in a JSON text a path such as `limits[0].max` is. The engine reads trees, which have no lines.

/**
 * Where each path of a JSON text begins.
 * @param {string} text
 * @returns {Map<string, number>} empty where the text is no JSON
 */
export function linesOf(text) {
  /** @type {Map<string, number>} */
  const found = new Map();
  /** @type {{ path: string, step: string | number }[]} the objects and lists that are open */
  const open = [];
  const path = () => {
    const inner = open.at(-1);
    if (!inner) return "";
    return typeof inner.step === "number" ? `${inner.path}[${inner.step}]` : inner.path + (inner.path ? "." : "") + inner.step;
  };
  /** @param {number} index of what stands before an element */
  const element = (index) => void found.set(path(), index + 1 + (text.slice(index + 1).match(/^\s*/)?.[0].length ?? 0));
  let key = 0;
  const tokens = /"(?:[^"\\]|\\.)*"|[[\]{},:]/g;
  for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
    const [token] = match;
    const inner = open.at(-1);
    if (token[0] === '"') key = match.index;
    else if (token === "{") open.push({ path: path(), step: "" });
    else if (token === "[") {
      open.push({ path: path(), step: 0 });
      element(match.index);
    } else if (token === "}" || token === "]") open.pop();
    else if (token === "," && typeof inner?.step === "number") {
      inner.step += 1;
      element(match.index);
    } else if (token === ":" && typeof inner?.step === "string") {
      try {
        inner.step = JSON.parse(text.slice(key, match.index));
      } catch {
        return new Map();
      }
      found.set(path(), key);
    }
  }
  return found;
}

/**
 * The line and column of a path, as `12:5`; of a field that is missing, those of what it is missing in. Undefined: unknown.
 * @param {string} text
 * @param {Map<string, number>} lines
 * @param {string} path
 * @param {string} message in which `JSON.parse` may say where a text ends to be JSON
 */
export function lineOf(text, lines, path, message) {
  const [, position] = path === "" ? (/ JSON: .* position (\d+)/.exec(message) ?? []) : [];
  let offset = position === undefined ? lines.get(path) : Number(position);
  for (let rest = path; offset === undefined && rest; offset = lines.get(rest)) rest = rest.replace(/(^|\.)[^.[]*$|\[\d*\]$/, "");
  if (offset === undefined) return undefined;
  const before = text.slice(0, offset).split("\n");
  return `${before.length}:${before[before.length - 1].length + 1}`;
}
