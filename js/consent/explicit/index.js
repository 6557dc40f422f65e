// What the page itself says: <html data-consent="granted">, or the event `querencia:consent`. Of the two the latest counts.

const PURPOSES = /** @type {const} */ (["preferences", "analytics", "marketing", "saleOfData"]);

/** @param {any} given @returns {import("../index.js").Told | undefined} */
function read(given) {
  if (given === null || given === "") return undefined;
  const words = typeof given === "string" ? given.toLowerCase().match(/\S+/g) : null;
  const [word = ""] = words ?? [];
  const all = word === "granted" || word === "denied";
  // a word that is none of these may mean anything
  if (words?.some((one) => !all && !PURPOSES.some((purpose) => purpose.toLowerCase() === one))) {
    console.warn(`querencia: data-consent="${given}" cannot be read; write granted, denied, or which of ${PURPOSES.join(" ")}`);
    return {};
  }
  /** @param {typeof PURPOSES[number]} purpose */
  const answer = (purpose) => {
    if (words) return all ? word === "granted" : words.includes(purpose.toLowerCase());
    const said = Object(given)[purpose];
    return said === true || said === "granted" ? true : said === false || said === "denied" ? false : undefined;
  };
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, answer(purpose)]));
}

/** @type {import("../index.js").Source} */
export function source({ window, changed }) {
  const { document } = window;
  const root = document.documentElement;
  const attribute = () => read(root.getAttribute("data-consent")?.trim() ?? null);
  let told = attribute();
  new window.MutationObserver(() => {
    told = attribute();
    changed();
  }).observe(root, { attributeFilter: ["data-consent"] });
  document.addEventListener("querencia:consent", (/** @type {any} */ { detail }) => {
    const said = read(detail);
    // an object changes what it names
    told = typeof detail === "string" ? said : { ...told, ...JSON.parse(JSON.stringify(said ?? {})) };
    changed();
  });
  return () => told;
}
