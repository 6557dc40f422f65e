/**
 * Tells Querencia of something that no data layer has a name for. The visit itself is decided first; what happened in it
 * comes after, and is the last word.
 *
 * @param {string} name
 */
export function happened(name) {
  let shop;
  document.addEventListener("querencia:ready", ({ detail }) => (shop = detail.shop), { once: true });
  document.addEventListener("querencia:decision", () => shop.track(name), { once: true });
}
