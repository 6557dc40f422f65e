import { phaseName } from "../panel/standing.js";
import { say } from "../shop/language.js";
import { node } from "../shop/node.js";
import { monthNarrow, monthShort, whole } from "./dates.js";

/** @param {string} name @param {Record<string, string | number>} attributes @param {...Node} children */
function drawn(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/**
 * All days at a glance, and a slider to go to any of them: above what the shop said, in the middle the phase, below what
 * happened to the customer.
 *
 * @param {import("./days.js").Day[]} days
 * @param {(index: number) => void} go
 */
export function timeline(days, go) {
  const cursor = drawn("rect", { class: "cursor", y: 0, width: 2, height: 100 });
  const tick = (/** @type {string} */ name, /** @type {number} */ index, /** @type {number} */ y) => drawn("rect", { class: name, x: index - 1, y, width: 3, height: 36 });
  const chart = drawn(
    "svg",
    { viewBox: `0 0 ${days.length} 100`, preserveAspectRatio: "none", "aria-hidden": "true" },
    ...stretches(days, ({ decision }) => decision.standing.phase).map(({ value, from, length }) => drawn("rect", { class: `phase ${value}`, x: from, y: 44, width: length, height: 12 })),
    ...days.flatMap(({ decision }, index) => (decision.contacts.length ? [tick("said", index, 4)] : [])),
    ...days.flatMap(({ happenings }, index) => (happenings.some(({ kind }) => kind !== "relation") ? [tick("lived", index, 60)] : [])),
    cursor,
  );
  const slider = node("input", { type: "range", min: 0, max: days.length - 1, step: 1, "aria-label": say({ es: "Día", en: "Day" }) });
  slider.addEventListener("input", () => go(slider.valueAsNumber));

  const months = stretches(days, ({ date }) => date.slice(0, 7));
  const scale = node(
    "ol",
    { class: "months", "aria-hidden": "true" },
    ...months.map(({ value, length }) => {
      // The rest of a month has no room for its name.
      if (length < 20) return node("li");
      const first = value.endsWith("-01");
      const date = `${value}-01`;
      return node("li", { class: first && "first" }, node("span", { class: "wide" }, first ? value.slice(0, 4) : monthShort(date)), node("span", { class: "narrow" }, monthNarrow(date), first && node("b", {}, value.slice(0, 4))));
    }),
  );
  scale.style.gridTemplateColumns = months.map(({ length }) => `minmax(0, ${length}fr)`).join(" ");

  const phases = [...new Set(days.map(({ decision }) => decision.standing.phase))];
  const legend = node(
    "ul",
    { class: "legend" },
    node("li", { class: "said" }, say({ es: "Habla la tienda", en: "The shop speaks" })),
    node("li", { class: "lived" }, say({ es: "Le pasa algo a Ana", en: "Something happens to Ana" })),
    ...phases.map((phase) => node("li", { class: phase }, phaseName(phase))),
  );

  return {
    parts: [chart, slider, scale, legend],
    /** @param {number} index */
    show(index) {
      cursor.setAttribute("x", String(index - 0.5));
      slider.value = String(index);
      slider.setAttribute("aria-valuetext", whole(days[index].date));
    },
  };
}

/**
 * Days in a row of which the same is true.
 *
 * @param {import("./days.js").Day[]} days
 * @param {(day: import("./days.js").Day) => string} of
 */
function stretches(days, of) {
  /** @type {{ value: string, from: number, length: number }[]} */
  const found = [];
  for (const [index, day] of days.entries()) {
    const value = of(day);
    const last = found.at(-1);
    if (last?.value === value) last.length += 1;
    else found.push({ value, from: index, length: 1 });
  }
  return found;
}
