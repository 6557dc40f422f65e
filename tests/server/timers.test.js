// A time that is longer than a timer can hold is long, and not over at once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { memory } from "querencia/server";
import { within } from "../../js/server/store/failures.js";
import { serverOf } from "./http.js";
import { NOON, openOver, purchase, states, tell } from "./mails.js";
import { BIRTHDAY, GIFT, platform, policy, shop } from "./offers/shop.js";

for (const long of [Infinity, Number.MAX_VALUE, 2 ** 31]) {
  test(`a \`send\` has ${long} ms`, async () => {
    const store = memory({ clock: () => NOON });
    const server = await openOver(store);
    await tell(store, "ana");
    await server.decide("ana", purchase("o-1"));
    const { delivered, errors } = await server.deliver({ channel: "email", once: true, timeout: long, send: () => sleep(20) }).done;
    assert.deepEqual([delivered, errors, await states(store, "thanks")], [1, 0, ["delivered"]]);
  });

  test(`at least once with a grace of ${long} ms: a store is asked for finite instants`, async () => {
    const store = memory({ clock: () => NOON });
    const server = await openOver(store);
    /** @type {(number | undefined)[]} */
    const asked = [];
    const { queue } = store;
    store.queue = (question) => (asked.push(question.until), queue(question));
    await server.deliver({ channel: "email", mode: "at-least-once", once: true, grace: long, timeout: long, send: () => {} }).done;
    const told = asked.filter((until) => until !== undefined);
    assert.equal(told.length > 0 && told.every(Number.isFinite), true, String(asked));
  });

  test(`the platform has ${long} ms for a code`, async () => {
    const { codes, issue } = platform();
    const slow = (/** @type {any} */ wanted) => sleep(20).then(() => issue(wanted));
    const { server } = await shop(policy({ gift: GIFT }, [{ ...BIRTHDAY, grace: "7d" }]), { issue: slow, issueLimit: long });
    const { code } = await server.claim("ana", { campaign: "birthday", occurrence: "2026" });
    assert.equal(code, [...codes.values()][0]);
  });

  test(`a body has ${long} ms`, async () => {
    const { ask } = await serverOf({ limits: { bodyTime: long } });
    const body = new ReadableStream({
      async pull(controller) {
        await sleep(20);
        controller.enqueue(new TextEncoder().encode('{"customer":"ana"}'));
        controller.close();
      },
    });
    assert.equal((await ask("POST", "/decide", { body })).status, 200);
  });

  test(`a store has ${long} ms`, async () => {
    assert.equal(await within(sleep(20, "kept"), long), "kept");
  });
}
