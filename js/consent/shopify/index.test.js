import assert from "node:assert/strict";
import { test } from "node:test";
import { after, pageOf } from "../../../tests/js/consent-page.js";
import { consentOf } from "../index.js";

/** The API as shopify.dev documents it: the functions join settings, region and answer. @param {Record<string, string>} said @param {boolean} needsConsent */
const apiOf = (said, needsConsent) => {
  const allowed = (/** @type {string} */ purpose) => said[purpose] === "yes" || (!needsConsent && said[purpose] !== "no");
  return {
    currentVisitorConsent: () => said,
    preferencesProcessingAllowed: () => allowed("preferences"),
    analyticsProcessingAllowed: () => allowed("analytics"),
    marketingAllowed: () => allowed("marketing"),
    saleOfDataAllowed: () => allowed("sale_of_data"),
  };
};
const NOTHING = { preferences: "", analytics: "", marketing: "", sale_of_data: "" };

test("the API is asked for with `loadFeatures`, and waited for", async () => {
  const page = pageOf();
  /** @type {any[]} */
  const asked = [];
  const loading = consentOf(["shopify"], { window: page.window, patience: 3000 });
  await after(60);
  page.window.Shopify = {
    loadFeatures(/** @type {any} */ features, /** @type {any} */ ready) {
      asked.push(features);
      setTimeout(() => {
        page.window.Shopify.customerPrivacy = apiOf({ ...NOTHING, preferences: "yes", marketing: "no" }, true);
        ready();
      }, 30);
    },
  };
  const consent = await loading;
  assert.deepEqual(asked, [[{ name: "consent-tracking-api", version: "0.1" }]]);
  assert.deepEqual(consent.state(), { preferences: "granted", analytics: "unknown", marketing: "denied", saleOfData: "unknown" });
});

test("before the answer it is unknown where consent is needed, and allowed where it is not", async () => {
  const stateOf = async (/** @type {boolean} */ needsConsent) =>
    (await consentOf(["shopify"], { window: pageOf({ Shopify: { customerPrivacy: apiOf(NOTHING, needsConsent) } }).window })).state().preferences;
  assert.deepEqual([await stateOf(true), await stateOf(false)], ["unknown", "granted"]);
});

test("the event tells of an answer; the functions are asked", async () => {
  const said = { ...NOTHING };
  const page = pageOf({ Shopify: { customerPrivacy: apiOf(said, true) } });
  const consent = await consentOf(["shopify"], { window: page.window });
  let heard = 0;
  consent.onChange(() => heard++);
  said.preferences = "yes";
  page.dispatch("visitorConsentCollected", { preferencesAllowed: true, analyticsAllowed: false, marketingAllowed: false, saleOfDataAllowed: false });
  assert.deepEqual([heard, consent.state().preferences], [1, "granted"]);
  said.preferences = "no";
  page.dispatch("visitorConsentCollected", {});
  assert.deepEqual([heard, consent.state().preferences], [2, "denied"]);
});

test("an API that cannot be loaded stays unknown", async () => {
  const page = pageOf({ Shopify: { loadFeatures: (/** @type {any} */ _, /** @type {any} */ ready) => ready(new Error("blocked")) } });
  assert.equal((await consentOf(["shopify"], { window: page.window, patience: 10 })).state().preferences, "unknown");
});
