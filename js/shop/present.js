// What a page gives, as platforms print it.

/**
 * What is there. Platforms print a blank text where they have nothing, and PHP an empty list for an object without fields.
 * @template T
 * @param {T | null} [value]
 * @returns {T | undefined}
 */
export function present(value) {
  const isNothing = value == null || (typeof value === "string" && !value.trim()) || (Array.isArray(value) && !value.length);
  return isNothing ? undefined : value;
}

/** Whether a value has fields of its own. A text has its letters: to spread it would make fields of them. @param {unknown} value */
export function isObject(value) {
  return Object(value) === value && !Array.isArray(value);
}
