import { say } from "../shop/language.js";
import { node } from "../shop/node.js";
import { moment } from "./format.js";
import { read } from "./spanish.js";

/**
 * What Querencia remembers of its contacts, the newest first.
 *
 * @param {any[]} records
 * @param {{ kind: string, hard: boolean } | undefined} store
 */
export function ledger(records, store) {
  const newest = [...records].sort((a, b) => b.at - a.at);
  const column = (/** @type {{ es: string, en: string }} */ words) => node("th", { scope: "col" }, say(words));
  return [
    node("h3", {}, say({ es: "La memoria", en: "The ledger" })),
    store &&
      node(
        "p",
        {},
        node("strong", {}, read(store.kind)),
        store.hard
          ? say({ es: ": los límites valen para todas las pestañas.", en: ": the limits hold across all tabs." })
          : say({ es: ": los límites valen solo para esta página.", en: ": the limits hold for this page alone." }),
      ),
    newest.length === 0
      ? node("p", {}, say({ es: "Vacía.", en: "Empty." }))
      : node(
          "table",
          {},
          node(
            "thead",
            {},
            node("tr", {}, column({ es: "Campaña", en: "Campaign" }), column({ es: "Estado", en: "State" }), column({ es: "Cuándo", en: "When" })),
          ),
          node(
            "tbody",
            {},
            ...newest.map(({ campaign, state, at }) =>
              node("tr", {}, node("td", { "data-id": campaign }, read(campaign)), node("td", { class: "state" }, read(state)), node("td", {}, moment(at))),
            ),
          ),
        ),
  ].filter(Boolean);
}
