import assert from "node:assert/strict";
import { test } from "node:test";
import { pageOf } from "../../../tests/js/consent-page.js";
import { consentOf } from "../index.js";

/** What a platform gives its listeners, in the shape of TCF 2.2 to 2.4. @param {string} eventStatus @param {number[]} purposes @param {object} [more] */
const tcData = (eventStatus, purposes, more) => ({
  tcString: "CP…", tcfPolicyVersion: 5, cmpId: 7, gdprApplies: true, eventStatus, cmpStatus: "loaded", listenerId: 1,
  purpose: { consents: Object.fromEntries(purposes.map((purpose) => [purpose, true])), legitimateInterests: {} },
  publisher: { consents: {}, legitimateInterests: {} },
  ...more,
});

/** The stub of IAB's own snippet: it keeps the calls until the platform is there. @param {any} window */
function stub(window) {
  /** @type {any[][]} */
  const queue = [];
  window.__tcfapi = (/** @type {any[]} */ ...call) => void queue.push(call);
  /** @type {any[]} */
  const listeners = [];
  return {
    /** The platform arrives, and answers what was asked before. @param {any} data */
    arrive(data) {
      window.__tcfapi = (/** @type {string} */ command, /** @type {number} */ version, /** @type {any} */ hear) => {
        assert.deepEqual([command, version], ["addEventListener", 2]);
        listeners.push(hear);
        hear(data, true);
      };
      for (const call of queue) window.__tcfapi(...call);
    },
    tell: (/** @type {any} */ data, isRight = true) => listeners.forEach((hear) => hear(data, isRight)),
    calls: () => listeners.length,
  };
}

/** @param {any} data */
async function stateAfter(data) {
  const { window } = pageOf();
  const platform = stub(window);
  const loading = consentOf(["tcf"], { window, patience: 1000 });
  await Promise.resolve();
  setTimeout(() => platform.arrive(data), 10);
  return { consent: await loading, platform };
}

test("a stub keeps the question until the platform comes", async () => {
  const { consent, platform } = await stateAfter(tcData("tcloaded", [1, 4, 6, 8]));
  assert.equal(platform.calls(), 1);
  assert.deepEqual(consent.state(), { preferences: "granted", analytics: "granted", marketing: "granted", saleOfData: "unknown" });
});

test("nothing is known while the dialog is open; what was said before holds meanwhile", async () => {
  const { consent, platform } = await stateAfter(tcData("cmpuishown", []));
  assert.equal(consent.state().preferences, "unknown");
  platform.tell(tcData("useractioncomplete", [1, 6]));
  assert.deepEqual([consent.state().preferences, consent.state().marketing], ["granted", "denied"]);
  platform.tell(tcData("cmpuishown", []));
  assert.equal(consent.state().preferences, "granted");
  platform.tell(null, false);
  platform.tell(tcData("useractioncomplete", []));
  assert.equal(consent.state().preferences, "denied");
});

test("without purpose 1 nothing is stored, and the shop's own purposes may say no too", async () => {
  assert.equal((await stateAfter(tcData("tcloaded", [4, 6, 8]))).consent.state().preferences, "denied");
  const own = { publisher: { consents: { 1: true, 6: false } } };
  assert.equal((await stateAfter(tcData("tcloaded", [1, 6], own))).consent.state().preferences, "denied");
});

test("outside of the GDPR it holds nothing back", async () => {
  const { consent } = await stateAfter({ gdprApplies: false, eventStatus: "tcloaded", cmpStatus: "loaded" });
  assert.deepEqual(consent.state(), { preferences: "granted", analytics: "granted", marketing: "granted", saleOfData: "unknown" });
});
