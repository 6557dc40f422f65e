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
 * The line and column of a path, as `12:5`; of a field that is missing, those of what it is missing in; of a text that is no JSON, those
 * where it stops to be. Undefined: unknown.
 * @param {string} text
 * @param {Map<string, number>} lines
 * @param {string} path
 */
export function lineOf(text, lines, path) {
  let offset = path === "" ? endOfJson(text) : lines.get(path);
  for (let rest = path; offset === undefined && rest; offset = lines.get(rest)) rest = rest.replace(/(^|\.)[^.[]*$|\[\d*\]$/, "");
  return offset === undefined ? undefined : placeOf(text, offset);
}

/** @param {string} text @param {number} offset */
export function placeOf(text, offset) {
  const before = text.slice(0, offset).split("\n");
  return `${before.length}:${before[before.length - 1].length + 1}`;
}

/**
 * Where a text stops to be JSON. The messages of `JSON.parse` do not always say it. Undefined: the text is JSON.
 * @param {string} text
 */
export function endOfJson(text) {
  const token = /[ \t\r\n]*(?:("(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|([[{])|([\]}])|(,)|(:)|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
  /** @type {string[]} the brackets that are open */
  const open = [];
  // what may stand next: a value, a key, what comes after a value, or a colon; `first` allows an empty list or object
  let next = "value";
  let first = false;
  for (let end = 0; ; end = token.lastIndex) {
    token.lastIndex = end;
    const found = token.exec(text);
    const start = end + (/^[ \t\r\n]*/.exec(text.slice(end))?.[0].length ?? 0);
    if (!found) return start === text.length && next === "after" && open.length === 0 ? undefined : start;
    const [, string, opens, closes, comma, colon] = found;
    const inner = open.at(-1);
    if (closes) {
      const isEmpty = first && next === (inner === "{" ? "key" : "value");
      if (closes !== (inner === "{" ? "}" : "]") || !inner || (next !== "after" && !isEmpty)) return start;
      open.pop();
      next = "after";
    } else if (comma) {
      if (next !== "after" || !inner) return start;
      next = inner === "{" ? "key" : "value";
    } else if (colon) {
      if (next !== "colon") return start;
      next = "value";
    } else if (next === "key") {
      if (!string) return start;
      next = "colon";
    } else if (next !== "value") return start;
    else if (opens) {
      open.push(opens);
      next = opens === "{" ? "key" : "value";
    } else next = "after";
    first = !!opens;
  }
}

/** What `JSON.parse` says, in one line and without the place, which is told as line and column. @param {string} message */
export const brief = (message) =>
  message.replace(/, (?:\.\.\.)?"[^]*"(?:\.\.\.)? is not valid JSON$| in JSON at position \d+.*$/, "").replace(/\s+/g, " ");

/**
 * What an author should change where a text stops to be JSON, if it is the most usual mistake of a word processor.
 * @param {string} text
 * @returns {string} empty if it is another mistake
 */
export function hintFor(text) {
  const end = endOfJson(text);
  if (end === undefined) return "";
  const isCurly = /^("[^"\n]*)?[“”„‟‘’«»]/.test(text.slice(end, end + 200)) || /[“”„‟‘’«»]\s*[:,\]}][^"\n]*"?$/.test(text.slice(0, end));
  return isCurly ? '; write straight quotes (") around names and texts' : "";
}
