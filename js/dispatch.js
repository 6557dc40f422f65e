/**
 * Dispatches `querencia:<name>`. The event bubbles and leaves shadow roots.
 * @param {EventTarget | undefined} target absent where there is no page
 * @param {string} name
 * @param {object} detail
 */
export function dispatch(target, name, detail) {
  target?.dispatchEvent(new CustomEvent(`querencia:${name}`, { detail, bubbles: true, composed: true }));
}
