// Each message of the two presets can be previewed on a page that knows nothing: of a guest, without an order, a cart, a catalogue.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { load } from "../../js/index.js";
import { previewed } from "../../js/debug/preview.js";
import { render } from "../../js/render/index.js";

for (const name of ["starter", "casa-lola"]) {
  const text = await readFile(`www/policies/${name}.json`, "utf8");
  for (const { id, placement } of JSON.parse(text).campaigns.filter((/** @type {any} */ { channel }) => channel === "onsite")) {
    test(`${name}: ${id}`, async (context) => {
      context.mock.method(console, "warn", () => {});
      Object.assign(globalThis, { document: { querySelectorAll: () => [], addEventListener() {} } });
      const policy = await previewed(text, id, load);
      const handle = policy.customer({}, []);
      const moment = { now: Date.parse("2026-07-02T09:00:00Z"), zone: "Europe/Madrid", channels: ["onsite"], placements: [placement] };
      let decision = handle.decide(moment);
      for (let tries = 0; tries < 20 && decision.contacts.length === 0; tries++) {
        await new Promise((done) => setTimeout(done, 50));
        decision = handle.decide(moment);
      }
      // a draw without its terms, prize and date is not shown to anybody; the console says what is missing
      if (id === "raffle") return assert.equal(decision.refused[0].code, "raffle-unproven");
      assert.deepEqual(decision.contacts.map((/** @type {any} */ { campaign }) => campaign), [id], JSON.stringify(decision.refused));
      assert.doesNotThrow(() => render(decision.contacts[0]));
    });
  }
}
