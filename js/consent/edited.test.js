import assert from "node:assert/strict";
import { test } from "node:test";
import { isEdited } from "./edited.js";

/** @param {any} [more] @returns {any} */
const pageAt = ({ search = "", className = "", referrer = "", framed = false, ...more } = {}) => {
  const window = { location: { search }, document: { body: { className }, referrer }, ...more };
  window.parent = framed ? {} : window;
  return window;
};

test("a page in an editor is known by what the editor says of itself, its address, or its host", () => {
  for (const page of [
    { Shopify: { designMode: true } },
    { search: "?customize_changeset_uuid=ab&customize_theme=twentyfive" },
    { search: "?p=1&elementor-preview=7&ver=2" },
    { search: "?et_fb=1" },
    { search: "?fl_builder" },
    { search: "?live_configurator_token=ab&id_shop=1" },
    { className: "page sqs-edit-mode-active" },
    { Webflow: { env: (/** @type {string} */ mode) => mode === "editor" || undefined } },
    { framed: true, referrer: "https://admin.shopify.com/store/lola" },
    { framed: true, referrer: "https://store-abc123.mybigcommerce.com/manage/page-builder" },
    { framed: true, location: { search: "", ancestorOrigins: ["https://lola.squarespace.com"] } },
  ]) assert.equal(isEdited(pageAt(page)), true, JSON.stringify(page));
});

test("a shop is no editor, nor is one in the frame of another page, nor who came from an editor by a link", () => {
  for (const page of [
    {},
    { Shopify: { designMode: false }, Webflow: { env: () => undefined } },
    { search: "?q=elementor-preview" },
    { framed: true, referrer: "https://blog.example/" },
    { framed: true, referrer: "https://admin.shopify.com.evil.example/" },
    { referrer: "https://admin.shopify.com/store/lola" },
    { document: null },
  ]) assert.equal(isEdited(pageAt(page)), false, JSON.stringify(page));
});
