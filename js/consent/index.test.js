import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { after, pageOf, said } from "../../tests/js/consent-page.js";
import { SOURCES, consentOf } from "./index.js";

const UNKNOWN = { preferences: "unknown", analytics: "unknown", marketing: "unknown", saleOfData: "unknown" };

test("every folder of js/consent is a source that `data-consent` can name", async () => {
  const entries = await readdir(new URL(".", import.meta.url), { withFileTypes: true });
  assert.deepEqual(Object.keys(SOURCES).sort(), entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort());
});

test("a no of one source wins over the yes of another, and what nobody knows is unknown", async () => {
  const page = pageOf({ dataLayer: [["consent", "update", { personalization_storage: "denied", analytics_storage: "granted" }]] });
  page.attribute("granted");
  const consent = await consentOf(["explicit", "google"], { window: page.window });
  assert.deepEqual(consent.state(), { preferences: "denied", analytics: "granted", marketing: "granted", saleOfData: "granted" });
  page.window.dataLayer.push(["consent", "update", { personalization_storage: "granted" }]);
  assert.equal(consent.state().preferences, "granted");
  assert.deepEqual((await consentOf(["explicit"], { window: pageOf().window, patience: 10 })).state(), UNKNOWN);
});

test("Global Privacy Control only says no", async () => {
  const off = await consentOf(["gpc", "explicit"], { window: pageOf().window, patience: 10 });
  assert.deepEqual(off.state(), UNKNOWN);
  const page = pageOf({ navigator: { globalPrivacyControl: true } });
  page.attribute("granted");
  const on = await consentOf(["gpc", "explicit"], { window: page.window });
  assert.deepEqual(on.state(), { preferences: "granted", analytics: "granted", marketing: "denied", saleOfData: "denied" });
  const [line, ...rest] = await said(() => consentOf(["gpc"], { window: pageOf().window }));
  assert.deepEqual([line, rest], ["querencia: data-consent: `gpc` never says yes; name another source too", []]);
});

test("a name that is no source is told of in one line, and then nothing is allowed", async () => {
  const page = pageOf();
  page.attribute("granted");
  /** @type {any} */
  let consent;
  const lines = await said(async () => (consent = await consentOf(["explicit", "gogle"], { window: page.window })));
  assert.deepEqual(lines, ["querencia: data-consent: `gogle` is not known, so nothing is allowed; known are: explicit, google, wordpress, shopify, tcf, gpc"]);
  assert.equal(consent.state().preferences, "unknown");
  page.attribute("denied");
  assert.equal(consent.state().preferences, "denied", "a no counts all the same");
});

test("a source that throws allows nothing", async () => {
  const page = pageOf({ wp_consent_type: "optin", wp_has_consent: () => { throw new Error("half loaded"); } });
  page.attribute("granted");
  assert.equal((await consentOf(["explicit", "wordpress"], { window: page.window })).state().preferences, "unknown");
});

test("a change is heard once, and not after its end", async () => {
  const page = pageOf();
  const consent = await consentOf(["explicit"], { window: page.window, patience: 10 });
  let heard = 0;
  const end = consent.onChange(() => heard++);
  page.attribute("granted");
  page.attribute("granted");
  page.attribute("denied");
  end();
  page.attribute("granted");
  assert.equal(heard, 2);
});

test("who answers late is waited for, and whoever comes after that is heard", async () => {
  const page = pageOf();
  setTimeout(() => page.attribute("granted"), 60);
  const begin = Date.now();
  const consent = await consentOf(["explicit"], { window: page.window, patience: 5000 });
  assert.equal(consent.state().preferences, "granted");
  assert.ok(Date.now() - begin < 2000);

  const slow = pageOf();
  const later = await consentOf(["tcf"], { window: slow.window, patience: 20 });
  assert.equal(later.state().preferences, "unknown");
  const changed = new Promise((done) => later.onChange(() => done(undefined)));
  await after(300);
  slow.window.__tcfapi = (/** @type {any} */ _, /** @type {any} */ __, /** @type {any} */ hear) =>
    hear({ gdprApplies: true, eventStatus: "tcloaded", purpose: { consents: { 1: true, 6: true } } }, true);
  await changed;
  assert.equal(later.state().preferences, "granted");
});
