// What the shopper wishes, over the built package: obeyed at once, kept for good.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeDocument, FakeElement, opened, order, policy, records, scene, dispatchFrom, why } from "./visit.js";

test("a wish is kept, and what is decided obeys it at once, in this visit and the next", async () => {
  new FakeElement(scene.page, "thank-you");
  const shop = await opened();
  assert.deepEqual(await shop.wishes(), {});
  assert.equal(why(await shop.wish({ avoid: ["onsite"] }), "thanks"), "occasion none");
  assert.equal(why(await shop.track("purchase", { order }), "thanks"), "wishes not-this-channel");
  shop.close();
  const next = await opened();
  assert.deepEqual(await next.wishes(), { avoid: ["onsite"] });
  assert.equal(why(await next.track("purchase", { order }), "thanks"), "wishes not-this-channel");
  const { contacts } = await next.wish({ avoid: [] });
  assert.deepEqual(
    contacts.map(({ campaign }) => campaign),
    ["thanks"],
    "the latest event is decided again",
  );
});

test("who unsubscribed and subscribes again hears of it, here and with what the account says", async () => {
  const wishes = { unsubscribed: ["email"], spam: ["sms"] };
  const shop = await opened({ customer: { id: "ana", wishes }, consent: { email: true }, channels: ["email"] });
  await shop.wish({ unsubscribed: ["email"] });
  assert.equal(why(await shop.track("sign_up"), "letter"), "consent withdrawn");
  const { contacts } = await shop.wish({ subscribe: ["email", "sms"] });
  assert.deepEqual(contacts.map(({ campaign }) => campaign), ["letter"], "the latest event is decided again");
  assert.deepEqual((await shop.wishes()).unsubscribed, []);
  assert.deepEqual((await shop.wishes()).spam, ["sms"]);
  await shop.wish({ unsubscribed: ["email"] });
  assert.equal(why(await shop.track("sign_up"), "letter"), "consent withdrawn");
});

test("a guest who subscribes again does so for themselves", async () => {
  const guest = await opened({ channels: ["email"] });
  await guest.wish({ subscribe: ["email"] });
  guest.close();
  const ana = await opened({ customer: { id: "ana", wishes: { unsubscribed: ["email"] } }, consent: { email: true }, channels: ["email"] });
  assert.equal(why(await ana.track("sign_up"), "letter"), "consent withdrawn");
});

test("unsubscribed is for good without that, and goes before consent", async () => {
  const shop = await opened({ customer: { id: "ana" }, consent: { email: true }, channels: ["email"] });
  await shop.wish({ unsubscribed: ["email"] });
  await shop.wish({ unsubscribed: [] });
  await shop.wish({ unsubscribed: null });
  assert.deepEqual(await shop.wishes(), { unsubscribed: ["email"] });
  assert.equal(why(await shop.track("sign_up"), "letter"), "consent withdrawn");
});

test("what the account says holds beside it, and only ever more is forbidden", async () => {
  const wishes = { avoid: ["onsite"], lessOften: "30d", unsubscribed: ["sms"] };
  const shop = await opened({ customer: { id: "ana", wishes } });
  const decision = await shop.wish({ avoid: ["email"], lessOften: "7d", unsubscribed: ["push"] });
  assert.equal(decision.contacts.length, 0);
  assert.deepEqual(await shop.wishes(), { avoid: ["onsite", "email"], lessOften: "30d", unsubscribed: ["sms", "push"] });
  await shop.wish({ avoid: null, lessOften: null });
  assert.deepEqual(await shop.wishes(), { avoid: ["onsite"], lessOften: "30d", unsubscribed: ["sms", "push"] });
  assert.equal(why(await shop.track("purchase", { order }), "thanks"), "wishes not-this-channel");
  shop.close();
  assert.deepEqual(await (await opened({ customer: { id: "ana" } })).wishes(), { unsubscribed: ["push"] }, "the account's are not kept here");
});

test("what is no wish is refused and not kept", async () => {
  const shop = await opened({ customer: { wishes: { lessOften: "30d" } } });
  for (const wish of [{ lessOften: "soon" }, { avoid: ["pigeon"] }, { lesOften: "7d" }, { topics: "tea" }]) {
    await assert.rejects(shop.wish(wish), { name: "RequestError" });
  }
  assert.deepEqual(await shop.wishes(), { lessOften: "30d" });
  await shop.decide();
});

test("a wish of one tab holds in another at its next decision; what waits there is not shown", async () => {
  const [one, other] = [await opened(), await opened()];
  await other.track("purchase", { order });
  await one.wish({ unsubscribed: ["onsite"] });
  const element = new FakeElement(scene.page, "thank-you");
  assert.equal(why(await other.track("purchase", { order: { id: "o2" } }), "thanks"), "consent withdrawn");
  assert.deepEqual(element.shown, []);
});

test("what waits for its element is not shown when the shopper has wished otherwise in another tab", async () => {
  const [one, other] = [await opened(), await opened({ document: (scene.page = new FakeDocument()) })];
  await other.track("purchase", { order });
  await one.wish({ avoid: ["onsite"] });
  const element = new FakeElement(scene.page, "thank-you");
  await other.wishes();
  assert.deepEqual(element.shown, []);
  assert.deepEqual(await records("state"), [["reserved"]]);
});

test("an element's wish is obeyed, and its question answered, until the shop is closed", async () => {
  const element = new FakeElement(scene.page, "thank-you");
  const topic = { topic: "tea" };
  const campaigns = [{ ...policy.campaigns[1], ...topic }, policy.campaigns[0]];
  const shop = await opened({ policy: { ...policy, campaigns }, customer: { wishes: { avoid: ["sms"] } } });
  dispatchFrom(element, "wish", { avoid: ["onsite"] });
  const question = /** @type {any} */ ({});
  dispatchFrom(element, "preferences", question);
  assert.deepEqual(await question.answer, {
    wishes: { avoid: ["sms", "onsite"] },
    own: { avoid: ["onsite"] },
    guests: {},
    topics: ["tea"],
    kept: "page",
    keptForGood: "page",
  });
  shop.close();
  dispatchFrom(element, "wish", { avoid: [] });
  const late = /** @type {any} */ ({});
  dispatchFrom(element, "preferences", late);
  assert.deepEqual(late, {});
});

test("a wish that cannot be kept warns, and the visit goes on", async (context) => {
  const warn = context.mock.method(console, "warn", () => {});
  const element = new FakeElement(scene.page, "thank-you");
  const shop = await opened();
  dispatchFrom(element, "wish", { lessOften: "soon" });
  assert.equal((await shop.track("purchase", { order })).contacts.length, 1);
  assert.match(warn.mock.calls[0].arguments[0], /^querencia: .*lessOften/);
});
