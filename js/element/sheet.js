// Styles of shadow roots.

/** @type {Map<string, CSSStyleSheet>} one for all roots that have the same style */
const sheets = new Map();

/**
 * Gives a shadow root a style, once.
 * @param {ShadowRoot} root
 * @param {string} css
 */
export function addStyle(root, css) {
  try {
    const sheet = sheets.get(css) ?? new CSSStyleSheet();
    if (!sheets.has(css)) sheet.replaceSync(css);
    sheets.set(css, sheet);
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    // Safari has sheets that scripts make from 16.4 on; and some polyfills of shadow roots have none.
    for (const known of root.querySelectorAll("style")) if (known.textContent === css) return;
    const style = document.createElement("style");
    style.textContent = css;
    root.append(style);
  }
}
