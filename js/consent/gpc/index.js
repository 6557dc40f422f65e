// Global Privacy Control: a setting of the browser. It can only say no; that it is off says nothing.

/** @type {import("../index.js").Source} */
export function source({ window }) {
  return () => (window.navigator.globalPrivacyControl === true ? { marketing: false, saleOfData: false } : {});
}
