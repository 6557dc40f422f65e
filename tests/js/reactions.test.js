// What came of a contact, over the built package.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Place, opened, order, policy, records, scene, tellFrom } from "./visit.js";

test("reactions are told with their campaign", async () => {
  new Place(scene.page, "thank-you");
  const shop = await opened();
  const {
    contacts: [contact],
  } = await shop.track("purchase", { order });
  await shop.react(contact.id, "clicked");
  assert.deepEqual(scene.page.told.at(-1), ["reaction", { contactId: contact.id, campaign: "thanks", reaction: "clicked" }]);
});

test("a record keeps the greatest reaction; what is none is only told", async () => {
  new Place(scene.page, "thank-you");
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
  assert.deepEqual(scene.page.told.at(-1)[1], { contactId: "nobody's", campaign: null, reaction: "clicked" });
  await shop.decide();
});

test("the reaction of an element is noted", async () => {
  const place = new Place(scene.page, "thank-you");
  const shop = await opened();
  const {
    contacts: [contact],
  } = await shop.track("purchase", { order });
  tellFrom(place, "reaction", { contactId: contact.id, campaign: "thanks", reaction: "dismissed" });
  await shop.decide();
  assert.deepEqual(await records("state", "reaction"), [["delivered", "dismissed"]]);
});

test("after close() a reaction is neither kept nor told", async () => {
  new Place(scene.page, "thank-you");
  const shop = await opened();
  const {
    contacts: [contact],
  } = await shop.track("purchase", { order });
  const told = scene.page.told.length;
  shop.close();
  await shop.react(contact.id, "clicked");
  assert.equal(scene.page.told.length, told);
  assert.deepEqual(await records("reaction"), [[undefined]]);
});

test("whoever is withheld stays a ghost, whatever is told of them", async () => {
  const place = new Place(scene.page, "cart");
  const shop = await opened({
    policy: { ...policy, holdout: { share: 1, salt: "s" } },
    customer: { id: "ana", cart: { count: 3 } },
  });
  const { ghosts } = await shop.decide();
  assert.deepEqual(ghosts.map(({ campaign }) => campaign), ["bulk"]);
  await shop.react(ghosts[0].id, "converted");
  await shop.decide();
  assert.deepEqual(await records("campaign", "state", "reaction"), [["bulk", "ghost", undefined]]);
  assert.deepEqual(place.shown, []);
});
