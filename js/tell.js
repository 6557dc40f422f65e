/**
 * Tells the page: `querencia:…`, which bubbles, also out of shadow roots.
 * @param {EventTarget | undefined} target none where there is no page
 * @param {string} name
 * @param {object} detail
 */
export function tell(target, name, detail) {
  target?.dispatchEvent(new CustomEvent(`querencia:${name}`, { detail, bubbles: true, composed: true }));
}
