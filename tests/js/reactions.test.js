// What came of a contact, over the built package.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeElement, opened, order, policy, records, scene, dispatchFrom } from "./visit.js";

test("a reaction is dispatched with its campaign", async () => {
  new FakeElement(scene.page, "thank-you");
  const shop = await opened();
  const {
    contacts: [contact],
  } = await shop.track("purchase", { order });
  await shop.react(contact.id, "clicked");
  assert.deepEqual(scene.page.events.at(-1), ["reaction", { contactId: contact.id, campaign: "thanks", reaction: "clicked" }]);
});

test("a record keeps the highest reaction; an unknown one is only dispatched", async () => {
  new FakeElement(scene.page, "thank-you");
  const shop = await opened();
  const {
    contacts: [contact],
  } = await shop.track("purchase", { order });
  await shop.react(contact.id, "clicked");
  await shop.react(contact.id, "dismissed");
  assert.deepEqual(await records("state", "reaction"), [["delivered", "clicked"]]);
  await shop.react(contact.id, "frowned");
  await shop.react("nobody's", "clicked");
  assert.deepEqual(await records("state", "reaction"), [["delivered", "clicked"]]);
  assert.deepEqual(scene.page.events.at(-1)[1], { contactId: "nobody's", campaign: null, reaction: "clicked" });
  await shop.decide();
});

test("the reaction of an element is stored", async () => {
  const element = new FakeElement(scene.page, "thank-you");
  const shop = await opened();
  const {
    contacts: [contact],
  } = await shop.track("purchase", { order });
  dispatchFrom(element, "reaction", { contactId: contact.id, campaign: "thanks", reaction: "dismissed" });
  await shop.decide();
  assert.deepEqual(await records("state", "reaction"), [["delivered", "dismissed"]]);
});

test("after close() a reaction is neither stored nor dispatched", async () => {
  new FakeElement(scene.page, "thank-you");
  const shop = await opened();
  const {
    contacts: [contact],
  } = await shop.track("purchase", { order });
  const before = scene.page.events.length;
  shop.close();
  await shop.react(contact.id, "clicked");
  assert.equal(scene.page.events.length, before);
  assert.deepEqual(await records("reaction"), [[undefined]]);
});

test("a ghost stays a ghost, whatever reaction is reported", async () => {
  const element = new FakeElement(scene.page, "cart");
  const shop = await opened({
    policy: { ...policy, holdout: { share: 1, salt: "s" } },
    customer: { id: "ana", cart: { count: 3 } },
  });
  const { ghosts } = await shop.decide();
  assert.deepEqual(ghosts.map(({ campaign }) => campaign), ["bulk"]);
  await shop.react(ghosts[0].id, "converted");
  await shop.decide();
  assert.deepEqual(await records("campaign", "state", "reaction"), [["bulk", "ghost", undefined]]);
  assert.deepEqual(element.shown, []);
});
