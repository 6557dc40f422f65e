// The name that was meant by one that there is not, as the engine says it of a field (src/base/sentence.rs).

/**
 * @param {string} word
 * @param {readonly string[]} names
 * @returns {string} "; did you mean `per`?" for `perr`; empty if no name is similar
 */
export function didYouMean(word, names) {
  const short = word.slice(0, 40);
  let [least, nearest] = [2 + Math.floor(word.length / 4), ""];
  for (const name of names) {
    const far = distance(short.toLowerCase(), name.toLowerCase());
    if (far < least || (far === least && name < nearest)) [least, nearest] = [far, name];
  }
  return nearest && `; did you mean \`${nearest}\`?`;
}

/** Levenshtein's. @param {string} a @param {string} b */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) next.push(Math.min(row[j] + (a[i] === b[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1));
    row = next;
  }
  return row[b.length];
}

/** @param {readonly string[]} names */
export const listed = (names) => names.map((name) => `\`${name}\``).join(", ");
