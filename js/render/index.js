// A contact's message as plain text: fills in its template, with dates, money and plurals as its locale writes them.

import { decimalsOf } from "../money/index.js";

/** @typedef {import("../types.d.ts").Contact} Contact */

/** @type {typeof import("../index.d.ts").render} */
export function render({ message }, { zone, params } = {}) {
  const { title, body, share, action, image, signer, locale } = message;
  /** @type {Record<string, any>} */
  const values = { ...message.params, ...params };
  const write = (/** @type {string} */ template) => compose(template, values, locale, (param) => format(param, locale, zone));
  const address = (/** @type {string} */ template) => checked(joined(compose(template, values, locale, encoder(template))));
  return {
    title: title == null ? null : write(title),
    body: write(body),
    signer: signer ?? null,
    ...(share && { share: write(share) }),
    ...(action && { action: { label: write(action.label), to: address(action.to) } }),
    ...(image && { image: { src: address(image.src), alt: write(image.alt) } }),
  };
}

/**
 * Writes values into an address. The page of an article is an address itself where it is the beginning.
 * @param {string} template
 */
function encoder(template) {
  let isBeginning = template.startsWith("{");
  return (/** @type {any} */ { type, value }) => {
    const whole = isBeginning && type === "url";
    isBeginning = false;
    return whole ? String(value) : encodeURIComponent(value);
  };
}

/**
 * An address with one query and one fragment: the page of an article may have its own, as `/jug?variant=1` before `?utm=mail`. Of two
 * fragments the last holds.
 * @param {string} address
 */
function joined(address) {
  // what follows a `?` within a fragment was meant for the query
  const parts = address.split(/(?=[?#])/);
  const of = (/** @type {string} */ sign) => parts.filter((part) => part[0] === sign && part[1]);
  const query = of("?").map((part) => part.slice(1)).join("&");
  const page = /^[?#]/.test(parts[0]) ? "" : parts[0];
  return page + (query && `?${query}`) + (of("#").at(-1) ?? "");
}

/**
 * An address if it is one of `https://` or relative to the page, by whatever scheme the page came. The engine has seen to it; here it
 * is asked of what was filled in, whoever made the contact: no other scheme, and no other host by `//host` or by what a browser reads
 * as it.
 * @param {string} address
 */
function checked(address) {
  const { username, password } = new URL(address, "https://a.invalid");
  const isAbsolute = /^https:\/\/[^/\\]/i.test(address) && !username && !password;
  const isRelative = ["https://a.invalid", "http://a.invalid"].every((page) => new URL(address, page).origin === page);
  if (!isAbsolute && !isRelative) {
    throw new TypeError(`\`${address}\` is neither an https address nor one relative to the page`);
  }
  return address;
}

/**
 * @param {string} template
 * @param {Record<string, any>} params
 * @param {string} locale
 * @param {(param: any) => string} write
 */
function compose(template, params, locale, write) {
  let at = 0;
  const wrong = (/** @type {string} */ why) => new TypeError(`${why} at ${at} of \`${template}\``);

  /** @param {RegExp} pattern sticky */
  const take = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(template);
    if (found) at = pattern.lastIndex;
    return found?.[1];
  };

  /**
   * Text up to the closing brace or the end.
   * @param {string} [count] replaces `#`
   */
  const text = (count) => {
    let written = "";
    while (at < template.length && template[at] !== "}") {
      const letter = template[at++];
      if (letter === "\\") written += template[at++] ?? "";
      else if (letter === "{") written += argument();
      else written += letter === "#" && count !== undefined ? count : letter;
    }
    return written;
  };

  /** What follows an opening brace: `name}` or `name, plural, =0 {…} one {…} other {…}}`. */
  const argument = () => {
    const name = take(/\s*([^\s{},]+)\s*/y) ?? "";
    if (!Object.hasOwn(params, name)) throw wrong(`no parameter \`${name}\``);
    const written = take(/(,\s*plural\s*,)/y) ? plural(params[name]) : write(params[name]);
    if (take(/(\})/y) === undefined) throw wrong("expected `}`");
    return written;
  };

  /** @param {any} param */
  const plural = (param) => {
    const exact = `=${param.value}`;
    const category = new Intl.PluralRules(locale).select(param.value);
    const count = write(param);
    /** @type {Record<string, string>} */
    const branches = {};
    for (let key; (key = take(/\s*([^\s{}]+)\s*\{/y)) !== undefined; take(/\s*(\})\s*/y)) branches[key] = text(count);
    const chosen = branches[exact] ?? branches[category] ?? branches.other;
    if (chosen === undefined) throw wrong("no branch `other`");
    return chosen;
  };

  const written = text();
  if (at < template.length) throw wrong("a `}` without its `{`");
  return written;
}

/**
 * @param {any} param
 * @param {string} locale
 * @param {string} [zone] for instants without a zone of their own
 * @returns {string}
 */
function format({ type, value, currency, zone: own, hour }, locale, zone) {
  switch (type) {
    case "number":
      return new Intl.NumberFormat(locale).format(value);
    case "percent":
      return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(value / 100);
    case "money": {
      const decimals = decimalsOf(currency);
      // A whole amount is written without decimals, as people do in a sentence: €47, not €47.00.
      const shown = Math.round(value) % 10 ** decimals ? decimals : 0;
      const digits = { minimumFractionDigits: shown, maximumFractionDigits: shown };
      const money = new Intl.NumberFormat(locale, { style: "currency", currency, ...digits });
      // As text: a float would round a large amount.
      return money.format(/** @type {any} */ (`${value}e-${decimals}`));
    }
    case "date": {
      const civil = typeof value === "string";
      return new Intl.DateTimeFormat(locale, {
        dateStyle: "long",
        timeStyle: hour ? "short" : undefined,
        timeZone: civil ? "UTC" : (own ?? zone ?? "UTC"),
      }).format(new Date(value));
    }
    case "list":
      return new Intl.ListFormat(locale).format(value);
    default:
      return String(value);
  }
}
