// `retryAt` of one campaign: the same in the build of Node and in that of browsers, which has no search for one alone.

import * as node from "querencia";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const DAY = 86_400_000;

/** @type {any} */
const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["en"] },
  limits: [{ id: "day", max: 1, per: "1d" }],
  campaigns: ["oranges", "lemons"].map((id) => ({ id, kind: "announcement", channel: "onsite", placement: "home", message: id })),
  messages: { oranges: { en: [{ body: "Oranges" }] }, lemons: { en: [{ body: "Lemons" }] } },
};

/** The bundle that pages load, which fetches the lean build. @returns {Promise<any>} */
async function browser() {
  const { fetch } = globalThis;
  globalThis.fetch = async (url) => new Response(await readFile(/** @type {URL} */ (url)), { headers: { "content-type": "application/wasm" } });
  try {
    // @ts-ignore it is built
    const bundle = await import("../../dist/index.js");
    (await bundle.load(policy)).free();
    return bundle;
  } finally {
    globalThis.fetch = fetch;
  }
}

for (const [host, start] of /** @type {const} */ ([["Node", async () => node], ["a browser", browser]])) {
  describe(`in ${host}`, () => {
    /** @type {any} */
    let engine;
    before(async () => void (engine = await (await start()).load(policy)));

    test("a campaign that is silent, one that speaks, and one that is none", () => {
      const ana = engine.customer({ id: "ana" }, []);
      const { contacts, refused } = ana.decide({ now: NOW });
      const silent = refused[0].campaign;
      assert.equal(refused[0].retryAt, NOW + DAY);
      ana.decide({ now: NOW, explain: false });
      for (const moment of [undefined, null, { now: NOW }, { now: NOW, explain: false }]) {
        assert.equal(ana.retryAt(silent, moment), NOW + DAY);
        assert.equal(ana.retryAt(contacts[0].campaign, moment), null);
        assert.equal(ana.retryAt("figs", moment), null);
      }
      ana.free();
    });

    test("an id that is no text is refused, and nothing is restarted", () => {
      const ana = engine.customer({ id: "ana" }, []);
      ana.decide({ now: NOW });
      for (const odd of [undefined, null, 5, {}, Symbol("a")]) {
        assert.throws(() => ana.retryAt(odd), { name: "TypeError", message: "retryAt: give a campaign's id" });
      }
      ana.free();
    });

    test("before any decision it says what is lacking; a refused moment is none", () => {
      const ana = engine.customer({ id: "ana" }, []);
      const lacking = { name: "TypeError", message: "retryAt: decide first, or give the moment" };
      assert.throws(() => ana.retryAt("lemons"), lacking);
      assert.throws(() => ana.retryAt("lemons", null), lacking);
      assert.throws(() => ana.decide({ now: "soon" }), { name: "RequestError" });
      assert.throws(() => ana.retryAt("lemons"), lacking);
      assert.equal(ana.retryAt("figs", { now: NOW }), null);
      ana.free();
    });

    test("a moment that is none has the same problems", () => {
      const ana = engine.customer({ id: "ana" }, []);
      for (const [odd, code, path] of [[5, "wrong-type", ""], ["now", "wrong-type", ""], [[], "wrong-type", ""], [{}, "missing-field", "now"], [{ now: NOW, nwo: 1 }, "unknown-field", "nwo"]]) {
        assert.throws(() => ana.retryAt("lemons", odd), { name: "RequestError", code, path });
      }
      ana.free();
    });
  });
}
