// A contact's message as plain text: fills in its template, with dates, money and plurals as its locale writes them.

import { decimalsOf } from "../money/index.js";

/** @typedef {import("../types.d.ts").Contact} Contact */

/** @type {typeof import("../index.d.ts").render} */
export function render({ message }, { zone, params } = {}) {
  const { title, body, share, signer, locale } = message;
  /** @type {Record<string, any>} */
  const values = { ...message.params, ...params };
  const write = (/** @type {string} */ template) => compose(template, values, locale, zone);
  const text = { title: title == null ? null : write(title), body: write(body), signer: signer ?? null };
  return share ? { ...text, share: write(share) } : text;
}

/**
 * @param {string} template
 * @param {Record<string, any>} params
 * @param {string} locale
 * @param {string} [zone]
 */
function compose(template, params, locale, zone) {
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
    const written = take(/(,\s*plural\s*,)/y) ? plural(params[name]) : format(params[name], locale, zone);
    if (take(/(\})/y) === undefined) throw wrong("expected `}`");
    return written;
  };

  /** @param {any} param */
  const plural = (param) => {
    const exact = `=${param.value}`;
    const category = new Intl.PluralRules(locale).select(param.value);
    const count = format(param, locale, zone);
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
      const shown = value % 10 ** decimals ? decimals : 0;
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
