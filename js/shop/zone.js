// Where the shopper is: as they chose, as their account says, where their parcels go, where their device is.

import { valid } from "../zones/index.js";

/**
 * The first of these that is a zone.
 * @param {string | null | undefined} chosen
 * @param {{ zone?: string | null, destination?: { country?: string | null, postcode?: string | null } | null }} account
 * @param {string} [device]
 * @returns {string | undefined}
 */
export function zoneOf(chosen, { zone, destination }, device = Intl.DateTimeFormat().resolvedOptions().timeZone) {
  return [chosen, zone, destination?.country === "ES" ? inSpain(destination.postcode) : undefined, device].find(valid);
}

/**
 * Provinces 01 to 52; 35 and 38 are the Canary Islands. Some write the country before it: `ES-35001`.
 * @param {string | null} [postcode]
 */
function inSpain(postcode) {
  const province = /^\D*(0[1-9]|[1-4]\d|5[0-2])\d{3}\s*$/.exec(postcode ?? "")?.[1];
  return province && (/3[58]/.test(province) ? "Atlantic/Canary" : "Europe/Madrid");
}
