import assert from "node:assert/strict";
import { test } from "node:test";
import { zoneOf } from "./zone.js";

const DEVICE = "America/Lima";
const madrid = { country: "ES", postcode: "28013" };

/** @type {[string, string | undefined, object, string][]} */
const table = [
  ["what the shopper chose goes before all", "Asia/Tokyo", { zone: "Europe/Paris", destination: madrid }, "Asia/Tokyo"],
  ["the account before the parcels", undefined, { zone: "Europe/Paris", destination: madrid }, "Europe/Paris"],
  ["the parcels before the device", undefined, { destination: madrid }, "Europe/Madrid"],
  ["nothing known: the device", undefined, {}, DEVICE],
  ["no such zone is passed over", "Europe/Macondo", { zone: "Madrid", destination: madrid }, "Europe/Madrid"],
  ["nor is nothing a zone", "", { zone: null, destination: null }, DEVICE],
  ["Las Palmas", undefined, { destination: { country: "ES", postcode: "35001" } }, "Atlantic/Canary"],
  ["Tenerife", undefined, { destination: { country: "ES", postcode: "38001" } }, "Atlantic/Canary"],
  ["a space in it", undefined, { destination: { country: "ES", postcode: "35 001" } }, "Atlantic/Canary"],
  ["a space before it", undefined, { destination: { country: "ES", postcode: " 35001" } }, "Atlantic/Canary"],
  ["the country before it", undefined, { destination: { country: "ES", postcode: "ES-35001" } }, "Atlantic/Canary"],
  ["in small letters, and a space after it", undefined, { destination: { country: "ES", postcode: "es38001 " } }, "Atlantic/Canary"],
  ["the country before another", undefined, { destination: { country: "ES", postcode: "ES-28013" } }, "Europe/Madrid"],
  ["a word that is none", undefined, { destination: { country: "ES", postcode: "Las Palmas" } }, DEVICE],
  ["the first province", undefined, { destination: { country: "ES", postcode: "01001" } }, "Europe/Madrid"],
  ["the last one", undefined, { destination: { country: "ES", postcode: "52001" } }, "Europe/Madrid"],
  ["no province of Spain", undefined, { destination: { country: "ES", postcode: "53001" } }, DEVICE],
  ["no province 00", undefined, { destination: { country: "ES", postcode: "00100" } }, DEVICE],
  ["too short", undefined, { destination: { country: "ES", postcode: "3500" } }, DEVICE],
  ["Spain in small letters", undefined, { destination: { country: "es", postcode: "35001" } }, "Atlantic/Canary"],
  ["no postcode", undefined, { destination: { country: "ES" } }, DEVICE],
  ["another country's 35000 is Rennes", undefined, { destination: { country: "FR", postcode: "35000" } }, DEVICE],
];

for (const [name, chosen, account, expected] of table) {
  test(`the zone: ${name}`, () => assert.equal(zoneOf(chosen, account, DEVICE), expected));
}

test("the zone: a device that does not say", () => assert.equal(zoneOf(undefined, {}, ""), undefined));
