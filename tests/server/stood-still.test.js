// A process that stood still between noting that it is about to do something and doing it: it leaves it to the person who has the task.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { memory } from "../../js/server/index.js";
import { BIRTHDAY, GIFT, NOW, policy, shop } from "./offers/shop.js";
import { HOUR, NOON, openOver, purchase, states, tell } from "./mails.js";

/**
 * Clocks of this process that jump while nobody runs.
 * @param {any} clock
 * @param {"now"} name
 */
function jumping(clock, name) {
  const real = clock[name].bind(clock);
  let ahead = 0;
  const { mock: own } = mock.method(clock, name, () => real() + ahead);
  return { jump: (/** @type {number} */ ms) => void (ahead += ms), end: () => own.restore() };
}

for (const [name, clock] of /** @type {const} */ ([["the steady clock", performance], ["the clock on the wall, of a machine that slept", Date]])) {
  for (const [ms, isSent] of /** @type {const} */ ([[31_000, false], [25_000, true]])) {
    test(`a worker that stood still for ${ms / 1000} s after it armed ${isSent ? "sends" : "does not send"}: ${name}`, async () => {
      let now = NOON;
      const inner = memory({ clock: () => now });
      const jumps = jumping(clock, "now");
      try {
        let stops = 1;
        // Once the contact is armed the process stands still.
        const transact = async (/** @type {any} */ work, /** @type {any} */ part) => {
          const before = await states(inner);
          const result = await inner.transact(work, part);
          if ((await states(inner)).includes("armed") && !before.includes("armed") && stops-- > 0) jumps.jump(ms);
          return result;
        };
        const server = await openOver({ ...inner, transact });
        await tell(inner, "ana");
        await server.decide("ana", purchase("o-1"));
        /** @type {string[]} */
        const sent = [];
        const errors = /** @type {any[]} */ ([]);
        const deliver = () => server.deliver({ channel: "email", once: true, send: (/** @type {any} */ { id }) => void sent.push(id), onError: (/** @type {any} */ { code }) => errors.push(code) }).done;
        const counts = await deliver();
        assert.deepEqual([sent.length, counts.delivered, counts.unknown, errors], isSent ? [1, 1, 0, []] : [0, 0, 1, ["stood-still"]]);
        assert.deepEqual(await states(inner), [isSent ? "delivered" : "armed"]);
        if (isSent) return;

        // A person finds that the mail server knows no such mail, and the order is thanked for by another contact: once.
        now += HOUR;
        const [task] = await server.tasks({ kinds: ["outcome"] });
        await server.outcome("ana", /** @type {any} */ (task).contact, "failed");
        await server.decide("ana", purchase("o-1"));
        await deliver();
        assert.deepEqual([sent.length, await states(inner, "thanks")], [1, ["delivered", "failed"]]);
        assert.notEqual(sent[0], /** @type {any} */ (task).contact);
      } finally {
        jumps.end();
      }
    });
  }
}

test("a process that stood still before it asked a platform without keys does not ask: a person may have settled it meanwhile", async () => {
  const jumps = jumping(performance, "now");
  try {
    for (const [issueOnce, calls] of /** @type {const} */ ([[true, 0], [false, 1]])) {
      const inner = memory({ clock: () => NOW });
      let asked = 0;
      let stops = 1;
      const transact = async (/** @type {any} */ work, /** @type {any} */ part) => {
        const result = await inner.transact(work, part);
        const begun = await inner.transact((records, wishes, guests, seen, { grants }) => ({ put: [], result: grants.some(({ begun }) => begun !== undefined) }), part);
        if (begun && stops-- > 0) jumps.jump(11_000);
        return result;
      };
      const { server } = await shop(policy({ gift: GIFT }, [BIRTHDAY]), { store: { ...inner, transact }, issue: () => `CODE-${++asked}`, issueOnce });
      const claimed = await server.claim("ana", { campaign: "birthday", occurrence: "2026" }).catch(({ code }) => code);
      assert.deepEqual([asked, claimed.code ?? claimed], issueOnce ? [calls, "code-pending"] : [calls, "CODE-1"]);
    }
  } finally {
    jumps.end();
  }
});
