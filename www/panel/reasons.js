import { say } from "../shop/language.js";
import { listed } from "./format.js";
import { refusals } from "./refusals.js";
import { read } from "./spanish.js";

/**
 * What a refusal means, in a sentence in the page's language.
 * @param {import("../../js/types.d.ts").Refusal} refusal
 */
export function reason({ code, detail }) {
  /** @type {(detail: any, list: (names: string[]) => string) => { es: string, en: string }} */
  const words = refusals[code];
  return say(words({ ...detail, ...(detail.placement && { placement: read(detail.placement) }) }, (names) => listed(names.map(read))));
}
