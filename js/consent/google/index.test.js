import assert from "node:assert/strict";
import { test } from "node:test";
import { after, pageOf } from "../../../tests/js/consent-page.js";
import { source } from "./index.js";

/** @param {any[]} [dataLayer] @param {object} [more] */
function opened(dataLayer, more) {
  const { window } = pageOf({ dataLayer, ...more });
  let changes = 0;
  const read = source({ window, changed: () => changes++, until() {} });
  // as Google's snippet defines it
  function gtag() {
    // eslint-disable-next-line prefer-rest-params
    window.dataLayer.push(arguments);
  }
  return { window, read, gtag: /** @type {(...given: any[]) => void} */ (gtag), changes: () => changes };
}

const GRANTED = { ad_storage: "granted", ad_user_data: "granted", ad_personalization: "granted", analytics_storage: "granted", functionality_storage: "granted", personalization_storage: "granted", security_storage: "granted" };
const DENIED = Object.fromEntries(Object.keys(GRANTED).map((key) => [key, "denied"]));

test("an update is an answer, a default that denies is a question nobody has asked yet", () => {
  const { read, gtag } = opened();
  assert.equal(read(), undefined);
  gtag("consent", "default", DENIED);
  assert.deepEqual(read(), { preferences: undefined, analytics: undefined, marketing: undefined });
  gtag("js", new Date());
  gtag("consent", "update", GRANTED);
  assert.deepEqual(read(), { preferences: true, analytics: true, marketing: true });
  gtag("consent", "update", { ad_user_data: "denied" });
  assert.deepEqual(read(), { preferences: true, analytics: true, marketing: false });
});

test("what was pushed before counts, as gtag's arguments and as a list", () => {
  const before = (/** @type {any[]} */ ...given) => (function (..._) { return arguments; })(...given);
  assert.deepEqual(opened([before("consent", "default", DENIED), ["consent", "update", GRANTED]]).read(), { preferences: true, analytics: true, marketing: true });
});

test("a default that grants counts, unless it is for a region or one for a region denies", () => {
  const { read, gtag } = opened();
  gtag("consent", "default", { ...GRANTED, region: ["US-CA"] });
  assert.equal(read()?.preferences, undefined);
  gtag("consent", "default", GRANTED);
  assert.equal(read()?.preferences, true);
  gtag("consent", "default", { ...DENIED, region: ["ES"] });
  assert.equal(read()?.preferences, undefined, "nobody knows whether the visitor is in Spain");
});

test("the four of version 2 alone say nothing of preferences", () => {
  const { read, gtag } = opened();
  gtag("consent", "update", { ad_storage: "granted", analytics_storage: "granted", ad_user_data: "granted", ad_personalization: "granted" });
  assert.deepEqual(read(), { preferences: undefined, analytics: true, marketing: true });
});

test("`wait_for_update` is waited for", async () => {
  const { read, gtag, changes } = opened();
  gtag("consent", "default", { ...DENIED, wait_for_update: 40 });
  assert.equal(read(), undefined);
  const before = changes();
  for (let wait = 0; read() === undefined || changes() === before; wait++) {
    assert.ok(wait < 100, "it is waited for in vain");
    await after(40);
  }
  assert.equal(read()?.preferences, undefined);
  assert.notEqual(read(), undefined);
  assert.equal(changes(), before + 1);
});

test("what Google keeps of a template may only say no", () => {
  const ics = { entries: { personalization_storage: { default: false, update: true }, analytics_storage: { default: false, update: false } } };
  assert.deepEqual(opened([], { google_tag_data: { ics } }).read(), { preferences: undefined, analytics: false, marketing: undefined });
});

test("the page's own push goes on, whatever it is given", () => {
  const { window, gtag } = opened([{ event: "gtm.js" }]);
  assert.equal(window.dataLayer.push(null, undefined, 7, ["consent", "update", null], { event: "x" }), 6);
  gtag("consent");
  assert.equal(window.dataLayer.length, 7);
});

test("another name of the data layer", () => {
  const { window } = pageOf({ shopLayer: [["consent", "update", GRANTED]] });
  assert.equal(source({ window, layer: "shopLayer", changed() {}, until() {} })()?.preferences, true);
});

test("a data layer that takes no `push` by assignment is heard too, as where Array.prototype is frozen", () => {
  const list = Object.create({ get push() { return Array.prototype.push; } }, { length: { value: 0, writable: true }, [Symbol.iterator]: { value: Array.prototype[Symbol.iterator] } });
  const { read, gtag } = opened(list);
  gtag("consent", "update", GRANTED);
  assert.deepEqual(read(), { preferences: true, analytics: true, marketing: true });
});
