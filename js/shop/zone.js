// The shopper's zone: the one they chose, else their account's, else that of their delivery postcode, else the device's.

import { valid } from "../zones/index.js";

/**
 * The first of these that Intl knows.
 * @param {string | null | undefined} chosen
 * @param {{ zone?: string | null, destination?: { country?: string | null, postcode?: string | null } | null }} account
 * @param {string} [device]
 * @returns {string | undefined}
 */
export function zoneOf(chosen, { zone, destination }, device = Intl.DateTimeFormat().resolvedOptions().timeZone) {
  return [chosen, zone, /^es$/i.test(destination?.country ?? "") ? inSpain(destination?.postcode) : undefined, device].find(valid);
}

/**
 * The zone of a Spanish postcode: provinces 01 to 52, of which 35 and 38 are the Canary Islands. `ES-35001` is read too.
 * @param {string | null} [postcode]
 */
function inSpain(postcode) {
  const province = /^\D*(0[1-9]|[1-4]\d|5[0-2])\s*\d{3}\s*$/.exec(postcode ?? "")?.[1];
  return province && (/3[58]/.test(province) ? "Atlantic/Canary" : "Europe/Madrid");
}
