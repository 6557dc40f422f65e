import assert from "node:assert/strict";
import { test } from "node:test";
import { render } from "./index.js";

/** @param {string} body @param {object} [params] @param {string} [locale] */
const contact = (body, params = {}, locale = "en") =>
  /** @type {any} */ ({ message: { locale, variant: 0, title: null, body, params, signer: null } });

/** @param {string} body @param {object} [params] @param {string} [locale] */
const text = (body, params, locale) => render(contact(body, params, locale)).body.replace(/[\u00a0\u202f]/g, " ");

test("title, body and signer; a title may be missing", () => {
  const message = {
    locale: "es",
    variant: 0,
    title: "Hola {n}",
    body: "b",
    params: { n: { type: "name", value: "Ana" } },
    signer: "Lola",
  };
  assert.deepEqual(render(/** @type {any} */ ({ message })), { title: "Hola Ana", body: "b", signer: "Lola" });
  assert.equal(render(/** @type {any} */ ({ message: { ...message, share: "{n}, cuéntalo" } })).share, "Ana, cuéntalo");
  assert.deepEqual(render(contact("b")), { title: null, body: "b", signer: null });
});

test("a link and a picture: their addresses are filled in percent-encoded, their texts as they are", () => {
  const params = { "product.sku": { type: "code", value: "a/b?c=d&é #" }, "product.url": { type: "url", value: "https://shop.example/a?b=1" }, n: { type: "number", value: 12345 } };
  const filled = (/** @type {object} */ more) => render(/** @type {any} */ ({ message: { ...contact("b", params).message, ...more } }));
  assert.deepEqual(filled({ action: { label: "See {product.sku}", to: "/p/{product.sku}?n={n}" }, image: { src: "{product.url}", alt: "{n}" } }), {
    title: null,
    body: "b",
    signer: null,
    action: { label: "See a/b?c=d&é #", to: "/p/a%2Fb%3Fc%3Dd%26%C3%A9%20%23?n=12345" },
    image: { src: "https://shop.example/a?b=1", alt: "12,345" },
  });
  assert.deepEqual(Object.keys(filled({ action: null, image: null })), ["title", "body", "signer"]);
});

test("a link has one query and one fragment, whatever the page of the article has", () => {
  const to = (/** @type {string} */ to, /** @type {string} */ url) =>
    render(/** @type {any} */ ({ message: { ...contact("b", { "product.url": { type: "url", value: url } }).message, action: { label: "l", to } } })).action?.to;
  assert.equal(to("{product.url}?utm=1", "/jug?variant=123"), "/jug?variant=123&utm=1");
  assert.equal(to("{product.url}?utm=1", "/jug"), "/jug?utm=1");
  assert.equal(to("{product.url}?utm=1", "/jug?"), "/jug?utm=1");
  assert.equal(to("{product.url}?utm=1", "/jug.html#/26-azul"), "/jug.html?utm=1#/26-azul");
  assert.equal(to("{product.url}#reviews", "/jug.html#/26-azul"), "/jug.html#reviews");
  assert.equal(to("{product.url}?utm=1#reviews", "/jug?variant=1#/26"), "/jug?variant=1&utm=1#reviews");
  assert.equal(to("{product.url}", "https://s.example/jug?a=1#b"), "https://s.example/jug?a=1#b");
});

test("an address is https or relative to the page, whatever is filled in and however a browser reads it", () => {
  const to = (/** @type {string} */ to, /** @type {string} */ url = "") => {
    const params = { "product.url": { type: "url", value: url }, x: { type: "text", value: "javascript:alert(1)//" } };
    return render(/** @type {any} */ ({ message: { ...contact("b", params).message, action: { label: "l", to } } })).action?.to;
  };
  for (const good of ["https://shop.example", "HTTPS://shop.example:8443/a", "/cesta", "cesta?a=b:c", "./a:b", "../a", "#top", "?page=2", "/a:b"]) {
    assert.equal(to(good), good);
    assert.equal(to("{product.url}", good), good);
  }
  const bad = [
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "\u0001javascript:alert(1)",
    "data:text/html,x", "vbscript:x", "blob:https://a.example/x", "mailto:ana@a.example", "http://a.example", "https:a.example", "https:/a.example",
    " https:a.example", "https:///a.example", "https:\\\\a.example", "https://", "//evil.example", "/\\evil.example", "\\\\evil.example",
    "\t//evil.example", "/\t/evil.example", "https://shop.example@evil.example/", "https://:x@evil.example/", "uno:dos",
    // a page that came by http would leave it
    "ht\ttps:evil.example", "\u0001https:evil.example", "h\nttps:/evil.example", "http:evil.example",
  ];
  for (const address of bad) {
    assert.throws(() => to(address.replaceAll("\\", "\\\\")), TypeError, JSON.stringify(address));
    assert.throws(() => to("{product.url}", address), TypeError, JSON.stringify(address));
  }
  assert.equal(to("{x}"), "javascript%3Aalert(1)%2F%2F");
  // the page of an article is encoded where it is not the beginning
  assert.equal(to("/go?to={product.url}&b=1", "https://a.example/?x=1&y=2#z"), "/go?to=https%3A%2F%2Fa.example%2F%3Fx%3D1%26y%3D2%23z&b=1");
  assert.equal(to("/{product.url}", "/evil.example"), "/%2Fevil.example");
  assert.equal(to("{x}{product.url}", "//evil.example"), "javascript%3Aalert(1)%2F%2F%2F%2Fevil.example");
  assert.equal(to("{product.url}?b={product.url}", "/a?b"), "/a?b&b=%2Fa%3Fb");
});

test("texts, names and codes are inserted as they are", () => {
  const params = { a: { type: "text", value: "<b>&" }, "offer.code": { type: "code", value: "X{a}" } };
  assert.equal(text("{a} { offer.code }", params), "<b>& X{a}");
});

test("a backslash takes the meaning off what follows", () => {
  assert.equal(text("\\{a\\} \\\\ \\# #"), "{a} \\ # #");
});

test("money in the currency's decimals of ISO 4217, exact however large; whole amounts without decimals", () => {
  const money = (/** @type {number} */ value, /** @type {string} */ currency, locale = "en") => text("{m}", { m: { type: "money", value, currency } }, locale);
  assert.equal(money(249000, "HUF", "hu"), "2490 Ft");
  assert.equal(money(249050, "HUF", "en"), "HUF 2,490.50");
  assert.equal(money(249000, "COP"), "COP 2,490");
  assert.equal(money(249000, "IQD"), "IQD 249");
  assert.equal(money(249001, "IQD"), "IQD 249.001");
  assert.equal(money(10000, "CLF"), "CLF 1");
  assert.equal(money(4700, "EUR", "es-ES"), "47 €");
  assert.equal(money(4710, "EUR", "es-ES"), "47,10 €");
  assert.equal(money(0, "EUR"), "€0");
  assert.equal(money(1000.33, "EUR"), "€10");
  assert.equal(money(1999.5, "EUR"), "€20");
  assert.equal(money(1010.4, "EUR"), "€10.10");
  assert.equal(money(-4700, "EUR"), "-€47");
  assert.equal(text("{m}", { m: { type: "money", value: 1999, currency: "EUR" } }, "es-ES"), "19,99 €");
  assert.equal(text("{m}", { m: { type: "money", value: 1999, currency: "JPY" } }), "¥1,999");
  assert.equal(text("{m}", { m: { type: "money", value: 1999, currency: "KWD" } }), "KWD 1.999");
  assert.equal(text("{m}", { m: { type: "money", value: -5, currency: "EUR" } }), "-€0.05");
  assert.equal(
    text("{m}", { m: { type: "money", value: 9007199254740991, currency: "EUR" } }),
    "€90,071,992,547,409.91",
  );
});

test("numbers, percentages and lists as the locale writes them", () => {
  assert.equal(text("{n}", { n: { type: "number", value: 12345.5 } }, "de"), "12.345,5");
  assert.equal(text("{p}", { p: { type: "percent", value: 10 } }, "es"), "10 %");
  assert.equal(text("{p}", { p: { type: "percent", value: 12.5 } }), "12.5%");
  assert.equal(text("{l}", { l: { type: "list", value: ["a", "b", "c"] } }, "es"), "a, b y c");
});

test("a civil date is that day everywhere; an instant is a day somewhere", () => {
  assert.equal(text("{d}", { d: { type: "date", value: "2026-12-25" } }, "es"), "25 de diciembre de 2026");
  const value = Date.parse("2026-12-31T23:30:00Z");
  assert.equal(text("{d}", { d: { type: "date", value, zone: "Europe/Madrid" } }), "January 1, 2027");
  assert.equal(text("{d}", { d: { type: "date", value } }), "December 31, 2026");
  assert.equal(
    render(contact("{d}", { d: { type: "date", value } }), { zone: "Europe/Madrid" }).body,
    "January 1, 2027",
  );
});

test("an instant is told with its hour where it is said so; a civil date has none", () => {
  const value = Date.parse("2026-12-06T17:00:00Z");
  const date = { type: "date", value, zone: "Europe/Madrid", hour: true };
  assert.equal(text("{d}", { d: date }), "December 6, 2026 at 6:00 PM");
  assert.equal(text("{d}", { d: date }, "es-ES"), "6 de diciembre de 2026 a las 18:00");
  assert.equal(text("{d}", { d: { ...date, hour: null } }), "December 6, 2026");
});

test("plurals: the exact number first, then the language's category, then other", () => {
  const body = "{n, plural, =0 {none} one {# order} other {# orders}}";
  const of = (/** @type {number} */ value) => text(body, { n: { type: "number", value } });
  assert.deepEqual([0, 1, 2, 1234].map(of), ["none", "1 order", "2 orders", "1,234 orders"]);
  const polish = "{n,plural,one{plik}few{pliki}many{plików}other{pliku}}";
  const plik = (/** @type {number} */ value) => text(polish, { n: { type: "number", value } }, "pl");
  assert.deepEqual([1, 3, 5, 1.5].map(plik), ["plik", "pliki", "plików", "pliku"]);
});

test("branches hold parameters, escapes and plurals of their own", () => {
  const params = {
    n: { type: "number", value: 2 },
    m: { type: "number", value: 1 },
    who: { type: "name", value: "Ana" },
  };
  const body = "{n, plural, other {{who}: \\# # {m, plural, one {of # box} other {of # boxes}}, #}}!";
  assert.equal(text(body, params), "Ana: # 2 of 1 box, 2!");
});

test("params given to render go before the message's", () => {
  const given = /** @type {any} */ ({ code: { type: "code", value: "NEW" } });
  assert.equal(render(contact("{code}", { code: { type: "code", value: "OLD" } }), { params: given }).body, "NEW");
});

test("a template that cannot be filled in is an error, not half a message", () => {
  const n = { n: { type: "number", value: 1 } };
  for (const body of [
    "{who}",
    "{toString}",
    "{n",
    "{n, plural, other {#}",
    "{n, plural, one {x} few {y}",
    "{n}}",
    "{}",
    "{n, select, other {x}}",
  ]) {
    assert.throws(() => text(body, n), TypeError, body);
  }
  assert.throws(() => text("{n, plural, few {y}}", n), /no branch `other`/);
});
