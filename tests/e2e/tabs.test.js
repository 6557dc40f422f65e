// Two tabs of one origin decide at the same moment, again and again: together they never say more than the cap allows.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./browser.js";

const ROUNDS = Number(process.env.ROUNDS ?? 100);
const KILLS = Number(process.env.KILLS ?? 20);

const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["en"] },
  limits: [{ id: "one", max: 1, per: "7d" }],
  campaigns: ["a", "b"].map((id) => ({
    id,
    kind: "announcement",
    class: "relational",
    channel: "onsite",
    placement: id,
    message: "m",
    repeat: "1d",
  })),
  messages: { m: { en: [{ body: "Hello" }] } },
};

/** @type {Awaited<ReturnType<typeof start>>} */
let stage;
before(async () => void (stage = await start()));
after(() => stage.close());

/**
 * How many contacts the two tabs decide together, in each round.
 * @param {"indexedDB" | "memory"} ledger
 */
async function contest(ledger) {
  const profile = await stage.browser.newContext();
  const tabs = await Promise.all(
    [1, 2].map(async () => {
      const tab = await profile.newPage();
      await tab.goto(`${stage.url}/blank.html`);
      await tab.evaluate(async ([policy, ledger]) => {
        const shop = await import("/dist/shop.js");
        const now = Date.parse("2026-11-22T10:00:00Z");
        const opened = await shop.open({
          policy,
          ledger: shop[ledger](),
          clock: () => now + globalThis.round * 8 * 86_400_000,
        });
        globalThis.decideAt = async (/** @type {number} */ instant, /** @type {number} */ round) => {
          globalThis.round = round;
          while (Date.now() < instant);
          return (await opened.decide()).contacts.length;
        };
      }, /** @type {const} */ ([policy, ledger]));
      return tab;
    }),
  );
  const said = [];
  for (let round = 0; round < ROUNDS; round++) {
    const instant = Date.now() + 15;
    const counts = await Promise.all(
      tabs.map((tab) => tab.evaluate(([instant, round]) => globalThis.decideAt(instant, round), [instant, round])),
    );
    said.push(counts[0] + counts[1]);
  }
  await profile.close();
  return said;
}

test(`a cap of one holds for two tabs, ${ROUNDS} times`, async () => {
  assert.deepEqual(await contest("indexedDB"), Array(ROUNDS).fill(1));
});

test("a ledger the tabs do not share lets both speak: the contest would see it", async () => {
  assert.deepEqual(await contest("memory"), Array(ROUNDS).fill(2));
});

test(`pages that are killed in the middle of a decision leave no message too many, and lose none that was shown, ${KILLS} times`, async () => {
  const profile = await stage.browser.newContext();
  const witness = await profile.newPage();
  await witness.goto(`${stage.url}/blank.html`);
  /** @type {string[]} what the pages said that they show */
  const shown = [];
  let over = 0;
  let lost = 0;
  for (let round = 0; round < KILLS; round++) {
    const begin = async () => {
      const tab = await profile.newPage();
      await tab.exposeBinding("shows", (_, id) => void shown.push(id));
      await tab.goto(`${stage.url}/blank.html`);
      await tab.evaluate(
        async ([policy, round]) => {
          const { open } = await import("/dist/shop.js");
          await import("/dist/element.js");
          document.body.innerHTML = '<querencia-message placement="a"></querencia-message><querencia-message placement="b"></querencia-message>';
          const now = Date.parse("2026-11-22T10:00:00Z") + round * 8 * 86_400_000;
          const shop = await open({ policy, clock: () => now });
          for (const element of document.querySelectorAll("querencia-message")) {
            const { show } = /** @type {any} */ (element);
            /** @type {any} */ (element).show = function (/** @type {any} */ contact, /** @type {any} */ options) {
              globalThis.shows(contact.id);
              return show.call(this, contact, options);
            };
          }
          globalThis.decides = () => void shop.decide().catch(() => {});
        },
        /** @type {const} */ ([policy, round]),
      );
      return tab;
    };
    const before = shown.length;
    const tabs = await Promise.all([begin(), begin()]);
    await Promise.all(tabs.map((tab) => tab.evaluate(() => globalThis.decides())));
    // at another instant of the decision each time
    await new Promise((later) => setTimeout(later, round % 20));
    await tabs[0].close();
    await new Promise((later) => setTimeout(later, 150));
    const kept = await witness.evaluate(async () => (await (await import("/dist/shop.js")).indexedDB().all()).map(({ id, state }) => [id, state]));
    const said = shown.slice(before);
    if (new Set(said).size > 1) over++;
    for (const id of said) if (!kept.some(([known, state]) => known === id && /armed|delivered/.test(state))) lost++;
    await tabs[1].close();
  }
  assert.deepEqual([over, lost], [0, 0]);
  assert.ok(shown.length > KILLS / 4, `only ${shown.length} were shown`);
  console.log(`${KILLS} kills: ${shown.length} messages shown, ${over} rounds over the cap, ${lost} lost`);
  await profile.close();
});

test("who signs out and in again in one tab has a part of the store for themselves", async () => {
  const profile = await stage.browser.newContext();
  const tab = await profile.newPage();
  await tab.goto(`${stage.url}/blank.html`);
  const said = await tab.evaluate(async (policy) => {
    const { open, indexedDB } = await import("/dist/shop.js");
    await import("/dist/element.js");
    document.body.innerHTML = '<querencia-message placement="a">Own</querencia-message>';
    const element = /** @type {any} */ (document.querySelector("querencia-message"));
    const now = Date.parse("2026-11-22T10:00:00Z");
    /** @type {any[]} */
    const said = [];
    for (const id of ["ana", "luis", undefined, "ana", undefined, "luis"]) {
      const shop = await open({ policy, customer: id ? { id } : undefined, ledger: indexedDB({ name: "parts" }), clock: () => now });
      const { contacts } = await shop.decide();
      const shown = element.contact?.id === contacts[0]?.id;
      if (id === "ana") await shop.wish({ lessOften: "7d" });
      said.push([id ?? "guest", contacts.length, shown, JSON.stringify(await shop.wishes())]);
      shop.close();
      if (element.contact) throw new Error("a message stays after its reader has signed out");
    }
    return said;
  }, policy);
  const wish = JSON.stringify({ lessOften: "7d" });
  assert.deepEqual(said, [
    ["ana", 1, true, wish],
    ["luis", 1, true, "{}"],
    ["guest", 1, true, "{}"],
    ["ana", 0, true, wish],
    ["guest", 0, true, "{}"],
    ["luis", 0, true, "{}"],
  ]);
  await profile.close();
});
