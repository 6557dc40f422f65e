import { say } from "../shop/language.js";
import { node } from "../shop/node.js";
import { listed } from "./format.js";
import { read } from "./spanish.js";

/** The wishes that can be removed; `unsubscribed` and `spam` cannot be removed like this. */
const NONE = { avoid: null, lessOften: null, quiet: null, topics: null };

/**
 * What the shopper wishes, and a way to take it back.
 *
 * @param {any} wishes
 * @param {() => void} forget
 */
export function wishSection(wishes, forget) {
  const { unsubscribed = [], spam = [], subscribe, ...others } = wishes;
  const final = [...unsubscribed, ...spam];
  const sentences = [
    final.length > 0 && say({ es: `Para siempre, nada por ${listed(final.map(read))}.`, en: `For good, nothing on ${listed(final.map(read))}.` }),
    others.avoid?.length > 0 && say({ es: `Mejor no por ${listed(others.avoid.map(read))}.`, en: `Rather not on ${listed(others.avoid.map(read))}.` }),
    others.lessOften && say({ es: `Como mucho uno cada ${others.lessOften}.`, en: `At most one every ${others.lessOften}.` }),
    ...(others.quiet ?? []).map(({ from, to }) => say({ es: `Silencio de ${from} a ${to}.`, en: `Quiet from ${from} to ${to}.` })),
    others.topics && say({ es: `Solo de: ${listed(others.topics.map(read)) || "nada"}.`, en: `Only about: ${listed(others.topics.map(read)) || "nothing"}.` }),
  ].filter(Boolean);
  return [
    node("h3", {}, say({ es: "Lo que desea quien mira", en: "What the shopper wishes" })),
    sentences.length === 0
      ? node("p", {}, say({ es: "Nada en especial. Se dice en «Mis preferencias», debajo de cada mensaje.", en: "Nothing in particular. It is said in “My preferences”, below each message." }))
      : node("ul", { class: "wishes" }, ...sentences.map((sentence) => node("li", {}, sentence))),
    Object.values(others).some((wish) => wish?.length > 0 || wish) &&
      node("button", { type: "button", click: forget }, say({ es: "Retirar los deseos", en: "Take the wishes back" })),
    final.length > 0 &&
      node("p", {}, say({ es: "La baja se retira en «Mis preferencias»; la queja por spam, solo con «Empezar de cero».", en: "Unsubscribing is taken back in “My preferences”, a report of spam only by “Start afresh”." })),
  ].filter(Boolean);
}

/** @param {any} shop */
export const takeBack = (shop) => shop.wish(NONE);
