// The lines of a story (js/cli/story.js) as the panel shows them.

/** The sections of a story: a blank line, a heading, and its entries, whose first line has two spaces and the others four. @param {string[]} lines */
export function partsOf(lines) {
  /** @type {import("./panel.js").Part[]} */
  const parts = [];
  /** @type {string[][]} */
  let entries = [];
  let isTitle = true;
  for (const line of lines) {
    if (line === "") isTitle = true;
    else if (isTitle) {
      parts.push({ title: line, entries: (entries = []) });
      isTitle = false;
    } else if (line.startsWith("    ")) entries.at(-1)?.push(line.trim());
    else entries.push([line.trim()]);
  }
  return parts;
}
