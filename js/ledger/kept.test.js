import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { keepContact, keepWishes, keptContacts, keptWishes, keyOf, withKept } from "./kept.js";

/** A browser's storage, of which each call may fail. */
const storage = { items: new Map(), isFull: false };
/** @type {any} */ (globalThis).localStorage = {
  getItem: (/** @type {string} */ key) => storage.items.get(key) ?? null,
  setItem(/** @type {string} */ key, /** @type {string} */ text) {
    if (storage.isFull) throw new Error("full");
    storage.items.set(key, text);
  },
  removeItem: (/** @type {string} */ key) => void storage.items.delete(key),
};
/** @type {any} */ (globalThis).document = { cookie: "" };
beforeEach(() => {
  storage.items.clear();
  storage.isFull = false;
  /** @type {any} */ (globalThis).document.cookie = "";
});

test("the default store has the keys of earlier releases, and every other its own", () => {
  assert.equal(keyOf(undefined, "writes"), "querencia-writes");
  assert.equal(keyOf("querencia", "wishes"), "querencia-wishes");
  assert.equal(keyOf("north", "wishes"), "querencia-north-wishes");
});

test("of the wishes those for good are kept, by part, and any text is a part", () => {
  for (const part of ["", "__proto__", "a", "\ud800"]) keepWishes("s", part, { unsubscribed: ["email"], lessOften: "7d", avoid: [] }, 5);
  for (const part of [undefined, "__proto__", "a", "\ud800"]) assert.deepEqual(keptWishes("s", part), { unsubscribed: ["email"] });
  assert.equal(keptWishes("s", "b"), undefined);
  assert.equal(keptWishes("other"), undefined);
});

test("who wished nothing for good leaves nothing behind; who takes it back is remembered too", () => {
  keepWishes("s", "", { lessOften: "7d" });
  assert.equal(storage.items.size, 0);
  keepWishes("s", "", { avoid: ["push"] }, 1);
  keepWishes("s", "", { avoid: [] }, 2);
  assert.deepEqual(keptWishes("s"), {});
});

test("of the wishes in the database and beside it the later hold", () => {
  keepWishes("s", "", { avoid: ["push"], unsubscribed: ["email"] }, 5);
  assert.deepEqual(withKept({}, "s"), { avoid: ["push"], unsubscribed: ["email"] }, "the database was emptied");
  assert.deepEqual(withKept({ avoid: ["sms"], lessOften: "7d", at: 4 }, "s"), { lessOften: "7d", avoid: ["push"], unsubscribed: ["email"] });
  assert.deepEqual(withKept({ avoid: ["sms"], at: 6 }, "s"), { avoid: ["sms"] }, "beside it nothing could be written");
  assert.deepEqual(withKept({ lessOften: "7d" }, "s", "ana"), { lessOften: "7d" });
});

test("a wish for good is kept beside a database that a clock dated which ran ahead", () => {
  const now = Date.now();
  keepWishes("s", "", { unsubscribed: ["email"] }, now - 5);
  assert.deepEqual(withKept({ lessOften: "7d", at: now - 3 }, "s"), { lessOften: "7d" });
  assert.deepEqual(withKept({ lessOften: "7d", at: now + 1e9 }, "s"), { lessOften: "7d", unsubscribed: ["email"] });
});

test("a full storage: a cookie has it, and what was there before is gone", () => {
  keepWishes("s", "", { avoid: ["push"] }, 1);
  storage.isFull = true;
  keepWishes("s", "", { unsubscribed: ["sms"] }, 2);
  assert.match(/** @type {any} */ (globalThis).document.cookie, /^querencia-s-wishes=.*;path=\/;max-age=34560000;samesite=lax$/);
  /** @type {any} */ (globalThis).document.cookie = `x=1; ${/** @type {any} */ (globalThis).document.cookie.split(";")[0]}; y`;
  assert.deepEqual(keptWishes("s"), { unsubscribed: ["sms"] });
});

test("what somebody else wrote under the key is nothing", () => {
  for (const text of ["", "{", "5", "null", "[null]", '[["",5]]', "{}"]) {
    storage.items.set("querencia-wishes", text);
    storage.items.set("querencia-contacts", text);
    assert.equal(keptWishes("querencia"), undefined, text);
    assert.ok(keptContacts("querencia").every(({ state }) => state === "delivered"), text);
  }
});

test("when a contact was is kept once, without whom it was for and what it was about; the latest forty", () => {
  const record = /** @type {any} */ ({ id: "r", campaign: "news", class: "relational", channel: "onsite", placement: "top", occurrence: "order 7", at: 5, policy: "p" });
  keepContact("s", undefined, { ...record, state: "reserved" });
  assert.equal(storage.items.size, 0);
  keepContact("s", { ...record, state: "reserved" }, { ...record, state: "armed" });
  keepContact("s", { ...record, state: "armed" }, { ...record, state: "delivered" });
  keepContact("s", undefined, { ...record, id: "d", digest: "r", state: "armed" });
  assert.equal(storage.items.get("querencia-s-contacts"), '[["news","relational","onsite",5,"top",0]]');
  const [{ id, ...kept }] = keptContacts("s");
  assert.match(id, /^[0-9a-f]{32}$/);
  assert.deepEqual(kept, { campaign: "news", class: "relational", channel: "onsite", placement: "top", at: 5, state: "delivered" });
  for (let at = 0; at < 100; at++) keepContact("s", undefined, { ...record, at, seenAt: at === 99 ? 98 : undefined, offer: "ten", state: "armed" });
  assert.deepEqual([keptContacts("s").length, keptContacts("s")[0].at, keptContacts("s")[0].offer], [40, 98, "ten"]);
  assert.ok(storage.items.get("querencia-s-contacts").length < 2500);
});
