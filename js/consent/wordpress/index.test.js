import assert from "node:assert/strict";
import { test } from "node:test";
import { pageOf } from "../../../tests/js/consent-page.js";
import { consentOf } from "../index.js";

/** The functions as wp-consent-api 1.0.8 has them: a cookie a category, and yes to everything where no type is set. @param {any} page */
function withApi(page) {
  const { window, dispatch } = page;
  window.wp_has_consent = (/** @type {string} */ category) => {
    const type = window.wp_consent_type ?? window.wp_fallback_consent_type;
    const value = new RegExp(`wp_consent_${category}=(\\w+)`).exec(window.document.cookie)?.[1] ?? "";
    return !type || (type.includes("optout") && value === "") || value === "allow";
  };
  window.wp_set_consent = (/** @type {string} */ category, /** @type {string} */ value) => {
    window.document.cookie += `; wp_consent_${category}=${value}`;
    // a list with names, as the plugin makes it
    dispatch("wp_listen_for_consent_change", Object.assign([], { [category]: value }));
  };
  return page;
}

test("without a type of consent its yes to everything is none", async () => {
  const page = withApi(pageOf());
  assert.equal(page.window.wp_has_consent("preferences"), true);
  assert.equal((await consentOf(["wordpress"], { window: page.window, patience: 10 })).state().preferences, "unknown");
});

test("opt in: unknown before the answer, then what was answered", async () => {
  const page = withApi(pageOf({ wp_consent_type: "optin" }));
  const consent = await consentOf(["wordpress"], { window: page.window });
  assert.equal(consent.state().preferences, "unknown");
  let heard = 0;
  consent.onChange(() => heard++);
  page.window.wp_set_consent("preferences", "allow");
  page.window.wp_set_consent("marketing", "deny");
  assert.deepEqual([heard, consent.state().preferences, consent.state().marketing, consent.state().analytics], [2, "granted", "denied", "unknown"]);
});

test("opt out: allowed until it is refused", async () => {
  const page = withApi(pageOf({ wp_fallback_consent_type: "optout" }));
  const consent = await consentOf(["wordpress"], { window: page.window });
  assert.equal(consent.state().preferences, "granted");
  page.window.wp_set_consent("preferences", "deny");
  assert.equal(consent.state().preferences, "denied");
});

test("a type that a plugin sets later is waited for", async () => {
  const page = withApi(pageOf({ wp_fallback_consent_type: "optout", waitfor_consent_hook: true }));
  const consent = await consentOf(["wordpress"], { window: page.window, patience: 10 });
  assert.equal(consent.state().preferences, "unknown");
  page.window.wp_consent_type = "optout";
  page.dispatch("wp_consent_type_defined");
  assert.equal(consent.state().preferences, "granted");
});
