// The presets as words: every message can be read aloud, in each language and form of address, and nothing of a policy is left out.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { load, render } from "querencia";

const policies = new URL("../../www/policies/", import.meta.url);
/** @param {string} name */
const read = async (name) => JSON.parse(await readFile(new URL(name, policies), "utf8"));
/** @type {Record<string, any>} */
const presets = { "casa-lola.json": await read("casa-lola.json"), "mail.json": await read("mail.json"), "starter.json": await read("starter.json") };
const casaLola = presets["casa-lola.json"];

for (const name of Object.keys(presets)) {
  test(`${name} says nothing twice`, async () => {
    const text = await readFile(new URL(name, policies), "utf8");
    const dense = text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");
    assert.equal(dense, JSON.stringify(presets[name]), "a key that stands twice is read once");
  });
}

/** A value for each parameter, typed as the engine types it. @param {any} policy @param {any} offer @param {string} name @param {string} givenName */
const value = (policy, offer, name, givenName) =>
  /** @type {Record<string, object>} */ ({
    givenName: { type: "name", value: givenName },
    "shop.name": { type: "text", value: policy.shop.name },
    signer: { type: "name", value: policy.shop.signer },
    "offer.code": { type: "code", value: offer?.code ?? "LOLA-7K2M" },
    "offer.percent": { type: "percent", value: offer?.percent },
    "offer.amount": { type: "money", value: offer?.amount, currency: "EUR" },
    "offer.expires": { type: "date", value: "2026-12-30" },
    "order.id": { type: "code", value: "CL-1K5Z9Q" },
    "order.total": { type: "money", value: 123_490, currency: "EUR" },
    "orders.count": { type: "number", value: 12 },
    "cart.count": { type: "number", value: 12 },
    "product.name": { type: "text", value: "Tres paños Domingo Largo" },
    "reduction.percent": { type: "percent", value: 12.12 },
    "reduction.from": { type: "money", value: 12_650, currency: "EUR" },
    "reduction.to": { type: "money", value: 11_450, currency: "EUR" },
    "surcharge.what": { type: "text", value: "IGIC" },
    "surcharge.amount": { type: "money", value: 802, currency: "EUR" },
    "surcharge.total": { type: "money", value: 12_252, currency: "EUR" },
    "shipping.amount": { type: "money", value: 1290, currency: "EUR" },
    "shipping.freeFrom": { type: "money", value: 6000, currency: "EUR" },
    "shipping.missing": { type: "money", value: 2200, currency: "EUR" },
  })[name];

/** What a template inserts. @param {string} template */
const parameters = (template) => [...template.matchAll(/\{([\w.]+)(?:\}|, plural)/g)].map(([, name]) => name);

for (const [file, policy] of Object.entries(presets)) {
  test(`${file}: every variant reads well, with the longest of what it inserts`, () => {
    for (const campaign of policy.campaigns) {
      for (const id of [campaign.message, campaign.early, campaign.belated].filter(Boolean)) {
        for (const [locale, variants] of Object.entries(policy.messages[id])) {
          for (const [variant, { title, body }] of Object.entries(variants)) {
            const names = parameters(`${title} ${body}`);
            for (const [givenName, count] of /** @type {[string, number][]} */ ([["Ana", 1], ["Inmaculada", 12]])) {
              const offer = policy.offers[campaign.offer];
              const params = Object.fromEntries(names.map((name) => [name, value(policy, offer, name, givenName)]));
              for (const name of names) if (name.endsWith(".count")) params[name] = { type: "number", value: count };
              const written = render(/** @type {any} */ ({ message: { locale, variant, title, body, params, signer: null } }));
              const where = `${id} ${locale} ${variant}: ${written.title} | ${written.body}`;
              check(written.title ?? "", 60, where);
              check(written.body, 240, where);
              assert.match(written.body, /[.?!”]$/, where);
            }
          }
        }
      }
    }
  });

  test(`${file}: every message has three ways to say it in each language and form, for whoever has no name, and for whoever is cross`, () => {
    const { shop, messages } = policy;
    for (const [id, languages] of Object.entries(messages)) {
      assert.deepEqual(Object.keys(languages), shop.locales, id);
      /** @type {Record<string, string>} */
      const inserted = {};
      for (const [locale, variants] of Object.entries(languages)) {
        for (const form of ["informal", "formal"]) {
          const where = `${id} ${locale} ${form}`;
          const suit = variants.filter((/** @type {any} */ variant) => (variant.form ?? form) === form);
          assert.ok(suit.length >= 3, `${where}: ${suit.length}`);
          const nameless = suit.filter((/** @type {any} */ variant) => !JSON.stringify(variant).includes("{givenName"));
          assert.ok(nameless.length > 0, `${where} for somebody without a name`);
          // Where the page is missing nothing is said while a case is open; everywhere else something can be, and no joke.
          const sober = nameless.filter((/** @type {any} */ { humour }) => !humour);
          assert.ok(sober.length > 0 || id === "not-found", `${where} while a case is open`);
          assert.ok(!id.startsWith("sorry") || suit.every((/** @type {any} */ { humour }) => !humour), `${where} jokes`);
          inserted[where] = [...new Set(suit.flatMap(({ title, body }) => parameters(`${title} ${body}`)))].sort().join();
        }
        const texts = variants.map((/** @type {any} */ { title, body }) => `${title} ${body}`);
        assert.equal(new Set(texts).size, texts.length, `${id} ${locale} says the same twice`);
        assert.equal(new Set(variants.map((/** @type {any} */ { form, title }) => `${form} ${title}`)).size, texts.length, `${id} ${locale} has a title twice`);
        assert.ok(texts.filter((/** @type {string} */ text) => text.includes("!")).length <= 2, `${id} ${locale} shouts`);
      }
      assert.equal(new Set(Object.values(inserted)).size, 1, `${id} does not tell everybody the same: ${JSON.stringify(inserted)}`);
      const claims = Object.values(languages).map((variants) => [...new Set(variants.flatMap((/** @type {any} */ { claims = [] }) => claims.map((/** @type {object} */ claim) => JSON.stringify(claim))))].sort());
      assert.deepEqual(claims[0], claims[1], `${id} does not claim the same in each language`);
    }
  });

  test(`${file}: every message, offer, segment and substitute is used`, () => {
    const named = JSON.stringify(policy.campaigns);
    for (const list of ["messages", "offers", "segments"]) {
      for (const id of Object.keys(policy[list] ?? {})) assert.ok(named.includes(`"${id}"`), `${list}.${id}`);
    }
  });
}

/** What the schema offers and Casa Lola leaves, because it has no use for it or what is absent is what it wants. */
const UNUSED = {
  Policy: ["seal", "elsewhere"], // a published part has them
  Arbitration: ["patience"],
  Limit: ["campaign", "topic", "placement", "when"],
  Offer: ["sku", "to"],
  Birthday: ["leapDay"],
  Milestone: ["lead"],
  Replenishment: ["by"],
  WinBack: ["factor"],
  Variant: ["statesSurcharge"],
  Claim: ["price", "stock"],
  ReductionClaim: ["sku", "percent", "offer"],
};

test("Casa Lola has everything on: every kind, and every field a policy may have", async () => {
  const { $defs, $ref } = JSON.parse(await readFile(new URL("../policy.schema.json", policies), "utf8"));
  /** @type {Record<string, Record<string, boolean>>} */
  const used = {};
  /** @param {any} schema @param {any} found @param {string} [name] */
  const walk = (schema, found, name) => {
    const def = schema.$ref?.split("/").pop();
    if (def) return def === "Condition" ? undefined : walk($defs[def], found, def);
    for (const either of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
      // A campaign is one of its kinds only.
      const kind = $defs[either.$ref?.split("/").pop()]?.properties?.kind?.const;
      if (!kind || kind === found.kind) walk(either, found, name);
    }
    if (Array.isArray(found)) for (const element of found) walk(schema.items ?? {}, element);
    if (typeof found !== "object" || Array.isArray(found)) return;
    for (const [field, of] of Object.entries(schema.properties ?? {})) {
      if (name) (used[name] ??= {})[field] ||= field in found;
      if (field in found) walk(of, found[field]);
    }
    if (typeof schema.additionalProperties === "object") for (const one of Object.values(found)) walk(schema.additionalProperties, one);
  };
  walk({ $ref }, casaLola);
  const kinds = Object.keys($defs).filter((def) => $defs[def].properties?.kind?.const);
  assert.deepEqual(kinds.filter((kind) => !used[kind]), [], "add a campaign of these kinds to www/policies/casa-lola.json");
  const common = Object.keys($defs.Apology.properties).filter((field) => kinds.every((kind) => field in $defs[kind].properties));
  // a shop that pauses nothing
  for (const field of common.filter((field) => field !== "paused")) assert.ok(kinds.some((kind) => used[kind][field]), `no campaign has \`${field}\``);
  /** @type {Record<string, string[]>} */
  const left = {};
  for (const [def, fields] of Object.entries(used)) {
    const unused = Object.keys(fields).filter((field) => !fields[field] && !(kinds.includes(def) && [...common, "within", "after", "families", "from", "until", "event"].includes(field)));
    if (unused.length > 0) left[def] = unused;
  }
  assert.deepEqual(left, UNUSED);
});

/** Words that are addressed to somebody called tú, or usted. */
const TU =
  /(?<!\p{L})(tú|ti|te|tu|tus|contigo|tuy[oa]s?|tienes|puedes|quieres|prefieres|buscas|llevas|eres|vives|vuelves|dime|\p{L}+(áte|éte)|mándame|dímelo|escríbeme|pon|dale|échale|gástalo|dáselo|quédatelo|cuéntal[oa]|cuéntamelo|lávalo|guárdal[oa]|déjalo|contéstame)(?!\p{L})/iu;
const USTED =
  /(?<!\p{L})(usted|dígam[ae]|dígamelo|pregúnteme|escríbame|contésteme|conteste|responda|elija|vuelva|marque|mándeme|gástelo|déselo|cuéntelo|cuéntemelo|lávelo|guárdel[oa]|déjelo|dele|échele|su pedido|su código|su cumpleaños|su nombre|su dinero)(?!\p{L})/iu;

for (const [file, policy] of Object.entries(presets)) {
  test(`${file}: tú and usted do not mix`, () => {
    for (const [id, languages] of Object.entries(policy.messages)) {
      for (const { form, title, body, benefit } of /** @type {any[]} */ (languages["es-ES"])) {
        // What the reader has of it is said in words that suit either.
        for (const words of [TU, USTED]) assert.doesNotMatch(benefit ?? "", words, `${id} benefit`);
        const text = `${title} ${body}`;
        // Who asks whether to say tú or usted has to name both.
        if (id === "ask-form") continue;
        if (form !== "informal") assert.doesNotMatch(text, TU, `${id} ${form}`);
        if (form !== "formal") assert.doesNotMatch(text, USTED, `${id} ${form}`);
      }
    }
  });
}

test("both keep to the schema that editors read", async () => {
  const schema = JSON.parse(await readFile(new URL("../policy.schema.json", policies), "utf8"));
  const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  for (const [file, policy] of Object.entries(presets)) assert.ok(valid(policy), `${file}: ${JSON.stringify(valid.errors)}`);
});

test("neither is too long to read", async () => {
  for (const file of Object.keys(presets)) {
    const { length } = await readFile(new URL(file, policies));
    assert.ok(length < 145_000, `${file}: ${length} bytes`);
  }
});

/** @param {string} text @param {number} most @param {string} where */
function check(text, most, where) {
  assert.ok(text.length > 0 && text.length <= most, `${text.length} of ${most}: ${where}`);
  assert.doesNotMatch(text, /[{}#]|undefined|NaN| {2}|^ | $| [,.;:]/, where);
}
