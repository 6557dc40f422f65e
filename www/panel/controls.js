import { say } from "../shop/language.js";
import { node } from "../shop/node.js";
import { deviceNow, forget, keep, now, state } from "../shop/state.js";
import { unsay } from "../shop/unsay.js";
import { away, date, dayOf, instantOf, time } from "./format.js";

const DAY = 86_400_000;

const people = {
  guest: {
    name: { es: "Un invitado", en: "A guest" },
    story: {
      es: "Nadie sabe quién es, ni su cumpleaños, ni si volverá.",
      en: "Nobody knows who it is, nor their birthday, nor whether they will be back.",
    },
  },
  ana: {
    name: { es: "Ana", en: "Ana" },
    story: {
      es: "Clienta desde hace un año: dos pedidos buenos, un diez, acepta correos. Cumple años el 24 de junio.",
      en: "A customer for a year: two good orders, a rating of ten, accepts e-mail. Her birthday is 24 June.",
    },
  },
};

/** Each says how far ahead of the device its clock goes; tomorrow is the day after the one the shop is in. */
const hours = [
  { name: { es: "Ahora", en: "Now" }, ahead: () => 0 },
  { name: { es: "Esta noche, 23:30", en: "Tonight, 23:30" }, ahead: () => instantOf(dayOf(now()), "23:30") - deviceNow() },
  { name: { es: "Mañana", en: "Tomorrow" }, ahead: () => (state().ahead ?? 0) + DAY },
  { name: { es: "En una semana", en: "In a week" }, ahead: () => (state().ahead ?? 0) + 7 * DAY },
  { name: { es: "El cumpleaños de Ana", en: "On Ana's birthday" }, ahead: () => birthday() - deviceNow(), page: "index.html" },
];

/** Who looks at the shop, and when: each change loads the page again, as another customer or another day would. */
export function controls() {
  const { who = "guest", ahead = 0 } = state();
  const clock = node("div", { class: "clock" });
  const tick = () =>
    clock.replaceChildren(
      node("strong", {}, time(now())),
      ` ${date(now())} `,
      ahead === 0 ? "" : node("span", { class: "ahead" }, away(now(), deviceNow())),
    );
  tick();
  setInterval(tick, 10_000);

  return node(
    "section",
    { class: "controls" },
    node(
      "fieldset",
      {},
      node("legend", {}, say({ es: "Quién mira", en: "Who is looking" })),
      node(
        "div",
        { class: "choice" },
        ...Object.entries(people).map(([id, { name }]) =>
          button(name, () => again({ who: id }), { "aria-pressed": String(id === who), "data-who": id }),
        ),
      ),
      node("p", {}, say(people[who].story)),
    ),
    node(
      "fieldset",
      {},
      node("legend", {}, say({ es: "Qué día es en la tienda, en Valencia", en: "What day it is in the shop, in Valencia" })),
      clock,
      node(
        "div",
        { class: "choice" },
        ...hours.map(({ name, ahead, page }) => button(name, () => again({ ahead: ahead() }, page), {})),
      ),
    ),
    button({ es: "Empezar de cero", en: "Start afresh" }, afresh, { class: "afresh" }),
    node("p", {}, node("a", { href: "year.html" }, say({ es: "Ver un año entero, día a día", en: "See a whole year, day by day" }))),
  );
}

/** @param {{ es: string, en: string }} words @param {() => void} click @param {object} attributes */
function button(words, click, attributes) {
  return node("button", { type: "button", click, ...attributes }, say(words));
}

/** @param {Partial<import("../shop/state.js").State>} change @param {string} [page] where what happens then is seen */
async function again(change, page) {
  const [before, device] = [now(), deviceNow()];
  keep(change);
  const then = device + (state().ahead ?? 0);
  // The clock goes back: what was said later has not been said yet.
  if (then < before) await unsay(then + 1);
  if (page) location.assign(page);
  else location.reload();
}

/** Everything this browser remembers goes: the basket, the clock, and the ledger. */
function afresh() {
  forget();
  location.assign("index.html");
}

/** The next 24 June at eleven in the morning, in the shop. */
function birthday() {
  const noon = (/** @type {number} */ year) => instantOf(`${year}-06-24`, "11:00");
  const year = Number(dayOf(now()).slice(0, 4));
  return noon(year) > now() ? noon(year) : noon(year + 1);
}
