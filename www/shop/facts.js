import { products } from "./catalog.js";

/** What a parcel costs to mainland Spain, in cents, and the total from which it costs nothing. */
export const SHIPPING = 490;
export const FREE_FROM = 6000;

/** Since when the prices are what they are. */
const PRICED = "2025-01-07T00:00:00Z";

const BALEARICS = { amount: 790 };
const FAR = { amount: 1290 };
const IGIC = { percent: 7, what: "IGIC" };
const IPSI = { amount: 350, what: "IPSI" };

/**
 * What is so: all that Casa Lola's policy may claim or suggest is held against this.
 *
 * @param {number} now
 * @param {"es" | "en"} language of the names
 */
export function facts(now, language) {
  return {
    products: products.map(({ sku, family, name, price, stock, consumable, is }) => ({
      sku,
      family,
      name: name[language],
      price,
      history: [{ at: PRICED, price }],
      stock,
      consumable,
      claims: [...is, ...(sku === "oranges" && navelinasEnd(now) ? ["last-of-the-season"] : [])],
    })),
    shipping: {
      ES: { amount: SHIPPING, freeFrom: FREE_FROM },
      "ES-07": BALEARICS,
      "ES-35": FAR,
      "ES-38": FAR,
      "ES-51": FAR,
      "ES-52": FAR,
    },
    surcharges: { "ES-35": IGIC, "ES-38": IGIC, "ES-51": IPSI, "ES-52": IPSI },
    taxIncluded: true,
    notAsDescribed: {},
  };
}

/** Vicent picks the last of them in the fourth week of January; before it nobody knows, after it they are gone. @param {number} now */
function navelinasEnd(now) {
  const day = new Date(now);
  return day.getMonth() === 0 && day.getDate() >= 18 && day.getDate() <= 24;
}
