// An instant means one thing wherever the server takes one: the engine's rule. What could be meant as seconds is refused, never dropped.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "querencia";
import { memory, open } from "querencia/server";
import { instantAt } from "../../js/server/instant.js";
import { dice } from "../js/dice.js";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const SECONDS = "before 1973: are these seconds? give milliseconds, or a text as `2026-12-31T09:00:00Z`";
const POLICY = /** @type {any} */ ({
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["en"] },
  campaigns: [{ id: "oranges", kind: "announcement", channel: "email", message: "o" }],
  messages: { o: { en: [{ body: "Oranges" }] } },
});

/** What is no instant, with its problem. @type {[told: any, code: string, message: RegExp | string][]} */
const WRONG = [
  [NOW / 1000, "invalid-value", SECONDS],
  [1, "invalid-value", SECONDS],
  [94_694_399_999, "invalid-value", SECONDS],
  [NOW + 0.5, "invalid-value", /whole number/],
  [-1, "out-of-range", /before 1970/],
  [253_402_300_800_000, "out-of-range", /after 9999/],
  ["2026-11-24T09:00", "invalid-value", /RFC 3339/],
  ["2026-11-24T09:00:00", "invalid-value", /RFC 3339/],
  ["2026-11-24 09:00:00Z", "invalid-value", /RFC 3339/],
  ["2026-11-24T09:00Z", "invalid-value", /RFC 3339/],
  ["2026-11-24T24:00:00Z", "invalid-value", /RFC 3339/],
  ["2026-02-30T09:00:00Z", "invalid-value", /RFC 3339/],
  ["2026-13-01T09:00:00Z", "invalid-value", /RFC 3339/],
  ["2026-11-24T09:00:00Z (hello)", "invalid-value", /RFC 3339/],
  ["1795513200", "invalid-value", /RFC 3339/],
  ["0001-01-01T00:00:00Z", "out-of-range", /before 1970/],
  [true, "wrong-type", /RFC 3339 text/],
  [{ toString: 1 }, "wrong-type", /RFC 3339 text/],
];

async function shop() {
  const server = await open({ policy: POLICY, store: memory({ clock: () => NOW }) });
  await server.facts({ customer: { id: "eva", consent: { email: true } }, time: NOW - 86_400_000 });
  return server;
}

test("a withdrawn consent with a wrong `time` is refused with its path, not dropped; one with a right `time` holds", async () => {
  const server = await shop();
  const withdrawn = { customer: { id: "eva", consent: { email: false } } };
  const event = { specversion: "1.0", type: "querencia.consent", source: "/s", id: "1", subject: "eva", data: { email: false } };
  const purchase = { ...event, type: "querencia.event", data: { name: "purchase", order: { id: "1042", total: 5 } } };
  for (const [time, code, message] of WRONG) {
    for (const fact of [withdrawn, event, purchase]) {
      /** @type {any} */
      const error = await server.facts(/** @type {any} */ ({ ...fact, time })).then(() => assert.fail(`${JSON.stringify(time)} is taken`), (error) => error);
      const [problem] = error.problems ?? [error];
      assert.deepEqual([problem.code, problem.path], [code, "time"], JSON.stringify(time));
      assert.match(problem.message, message instanceof RegExp ? message : new RegExp(message.slice(0, 30)), JSON.stringify(time));
    }
    await assert.rejects(server.facts(/** @type {any} */ ([{ customer: { id: "ana" } }, { ...withdrawn, time }])), { path: "[1].time" });
  }
  assert.equal((await server.facts({ ...withdrawn, time: "2026-11-24T10:30:00+01:00" })).changed.join(), "consent");
  assert.deepEqual((await server.decide("eva")).contacts, []);
});

test("`until` of tasks and `at` of an import follow the same rule", async () => {
  const server = await shop();
  for (const [told, code] of WRONG) {
    await assert.rejects(server.tasks({ until: told }), { code, path: "until" }, JSON.stringify(told));
    const { added, problems } = await server.import([{ customer: "eva", campaign: "oranges", at: told }]);
    assert.deepEqual([added, problems[0]?.code, problems[0]?.path], [0, code, "[0].at"], JSON.stringify(told));
  }
  assert.deepEqual(await server.tasks({ until: "2026-11-24T10:00:00+01:00" }), []);
  assert.equal((await server.import([{ customer: "eva", campaign: "oranges", at: "2026-11-20t10:00:00.25+01:00" }])).added, 1);
  assert.equal((await server.export("eva")).contacts[0].at, Date.parse("2026-11-20T09:00:00.250Z"));
});

test("the server's rule is the engine's: what one takes the other takes, and what one refuses the other refuses in the same words", async () => {
  const engine = await load(POLICY);
  const chance = dice(7);
  /** @param {number} most */
  const two = (most) => String(chance.below(most)).padStart(2, "0");
  const made = Array.from({ length: 3000 }, () => {
    if (chance.below(4) === 0) return chance.pick([1, 1000, 0.1]) * (chance.below(4) ? chance.below(2 ** 31) : -chance.below(2 ** 31)) * chance.pick([1, 1, 300]);
    const zone = chance.pick(["Z", "z", "", "+01:00", `+${two(30)}:${two(70)}`, `-${two(30)}:${two(70)}`, "+0100"]);
    return `${chance.pick(["2026", "1969", "1970", "2028", "9999", "0000", "202"])}-${two(14)}-${two(33)}${chance.pick(["T", "T", "T", "t", " "])}${two(26)}:${two(62)}${chance.pick([":", ":", ":", "-"])}${two(62)}${chance.pick(["", "", ".5", ".123456789", ".", ",5"])}${zone}`;
  });
  let taken = 0;
  for (const told of [...WRONG.map(([told]) => told), 94_694_400_000, 253_402_300_799_999, "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59-01:00", "1970-01-01T00:30:00+01:00", ...made]) {
    if (told === 0) continue; // to the engine a date of 0 says nothing
    const answers = [() => instantAt(told, "at"), () => engine.customer({ orders: [{ id: "A", at: told }] }).free()].map((ask) => {
      try {
        ask();
        return "taken";
      } catch (error) {
        const [{ code, message }] = /** @type {any} */ (error).problems;
        return `${code} ${message}`;
      }
    });
    assert.equal(answers[0], answers[1], JSON.stringify(told));
    if (answers[0] === "taken") taken++;
  }
  assert.ok(taken > 100, `${taken} were taken`);
});
