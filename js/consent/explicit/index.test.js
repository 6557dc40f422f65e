import assert from "node:assert/strict";
import { test } from "node:test";
import { pageOf, said } from "../../../tests/js/consent-page.js";
import { source } from "./index.js";

const opened = () => {
  const page = pageOf();
  let changes = 0;
  const read = source({ window: page.window, changed: () => changes++, until() {} });
  return { ...page, read, changes: () => changes };
};

test("<html data-consent> says yes, no, or yes to what it names and no to the rest", () => {
  const { read, attribute, changes } = opened();
  assert.equal(read(), undefined);
  attribute("granted");
  assert.deepEqual(read(), { preferences: true, analytics: true, marketing: true, saleOfData: true });
  attribute("denied");
  assert.deepEqual(read(), { preferences: false, analytics: false, marketing: false, saleOfData: false });
  attribute(" preferences saleOfData ");
  assert.deepEqual(read(), { preferences: true, analytics: false, marketing: false, saleOfData: true });
  attribute(" ");
  assert.equal(read(), undefined, "blank: nobody was asked");
  assert.equal(changes(), 4);
});

test("what cannot be read is told of, and is neither yes nor no", async () => {
  const { read, attribute } = opened();
  const lines = await said(async () => attribute("accept-all"));
  assert.deepEqual(lines, ['querencia: data-consent="accept-all" cannot be read; write granted, denied, or which of preferences analytics marketing saleOfData']);
  assert.deepEqual(read(), {});
});

test("the event changes what it names, and the latest of both counts", () => {
  const { read, attribute, dispatch, changes } = opened();
  dispatch("querencia:consent", { preferences: true, marketing: "denied" });
  assert.deepEqual(read(), { preferences: true, marketing: false });
  dispatch("querencia:consent", { marketing: "granted", analytics: "maybe" });
  assert.deepEqual(read(), { preferences: true, marketing: true });
  dispatch("querencia:consent", "denied");
  assert.equal(read()?.preferences, false);
  attribute("granted");
  assert.equal(read()?.preferences, true);
  dispatch("querencia:consent", undefined);
  assert.equal(read()?.preferences, true, "an event without an answer changes nothing");
  assert.equal(changes(), 5);
});
