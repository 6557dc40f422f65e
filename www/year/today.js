import "/dist/element.js";
import { away, date, moment } from "../panel/format.js";
import { phaseName, tierName } from "../panel/standing.js";
import { say } from "../shop/language.js";
import { node } from "../shop/node.js";
import { month, weekday } from "./dates.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const part = (/** @type {string} */ id) => document.querySelector(`#${id}`);

/**
 * One day: the leaf of the calendar, what happened, and the note that the shopper would have found.
 *
 * @param {import("./days.js").Day} day
 * @param {string} zone the shopper's
 */
export function today({ date, now, decision, happenings, notable }, zone) {
  const { contacts, entitled, standing } = decision;
  leaf(date, notable);
  part("relation").replaceChildren(node("span", { class: `chip ${standing.phase}` }, phaseName(standing.phase)), node("span", { class: "chip" }, tierName(standing.tier)));
  // It is read out, so it changes only when there is something to read.
  const events = happenings.map(({ kind, what, words }) => node("li", { class: kind }, node("strong", {}, what), ` ${words}`));
  part("events").replaceChildren(...(events.length ? [node("ul", { class: "events" }, ...events)] : []));
  part("silence").hidden = contacts.length > 0;
  part("silence").replaceChildren(...(contacts.length ? [] : silence(decision, now)));
  part("presents").hidden = entitled.length === 0;
  part("presents").replaceChildren(...entitled.flatMap(present));
  notes(contacts, zone);
}

/** A present that she has, spoken of today or not. @param {any} present @param {number} index */
function present({ offer, until, code }, index) {
  const end = until === null ? "" : say({ es: `, hasta el ${date(until - 1)}`, en: `, until ${date(until - 1)}` });
  return [
    index === 0 ? say({ es: "Regalos que tiene: ", en: "Presents she has: " }) : "; ",
    node("strong", {}, offer),
    `${code ? ` (${code})` : ""}${end}`,
  ];
}

/** @param {string} date @param {boolean} notable */
function leaf(date, notable) {
  const paper = part("leaf");
  paper.dateTime = date;
  paper.replaceChildren(
    node("span", { class: "month" }, `${month(date)} ${date.slice(0, 4)}`),
    node("span", { class: "day" }, String(Number(date.slice(8)))),
    node("span", { class: "weekday" }, weekday(date)),
  );
  if (notable && !still.matches) paper.animate([{ transform: "translateY(-0.5rem) rotate(-2deg)" }, { transform: "none" }], { duration: 240, easing: "ease-out" });
}

/** @param {any} decision @param {number} now */
function silence({ refused, nextAt }, now) {
  const count = refused.length;
  return [
    node("strong", {}, say({ es: "Hoy no se le dice nada.", en: "Today she is told nothing." })),
    " ",
    nextAt === null
      ? say({ es: `Callan las ${count} campañas, y ninguna tiene fecha.`, en: `All ${count} campaigns stay silent, and none has a date.` })
      : say({
          es: `Callan las ${count} campañas; lo primero que podría decirse, ${moment(nextAt)} (${away(nextAt, now)}).`,
          en: `All ${count} campaigns stay silent; the first thing that could be said is due ${moment(nextAt)} (${away(nextAt, now)}).`,
        }),
  ];
}

/** @type {any[]} the contacts of the day that is shown */
let current = [];

/**
 * The shop's own element shows them, so they look as in the shop. The first element stays: a screen reader announces text only in a
 * region that was there before.
 *
 * @param {any[]} contacts
 * @param {string} zone
 */
async function notes(contacts, zone) {
  current = contacts;
  const [first, ...others] = part("notes").children;
  for (const other of others) other.remove();
  if (contacts.length === 0) first.dismiss();
  for (const [index, contact] of contacts.entries()) {
    const element = index === 0 ? first : part("notes").appendChild(node("querencia-message"));
    await element.show(contact, { zone });
    // The first message waits for its words, and the player may have gone on to another day.
    if (current !== contacts) {
      if (element.contact === contact) element.dismiss();
      return;
    }
    // The reason is open from the start.
    element.shadowRoot.querySelector("[part=why]")?.click();
  }
}
