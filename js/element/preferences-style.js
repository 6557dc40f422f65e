// The dialog is inside the message's card and inherits its colours.

export const STYLE = `
dialog {
  box-sizing: border-box;
  inline-size: min(26rem, 100vw - 2rem);
  max-block-size: calc(100vh - 2rem);
  max-block-size: calc(100dvb - 2rem);
  margin: auto;
  padding: 0;
  overflow: auto;
  overscroll-behavior: contain;
  color: var(--_text);
  background: var(--_background);
  border: 1px solid var(--_line);
  border-radius: var(--querencia-radius, 0.875rem);
  box-shadow: 0 24px 64px -16px rgb(0 0 0 / 0.5);
  font: var(--querencia-font, inherit);
  line-height: 1.5;
  text-align: start;
}
dialog:not(:modal) { display: none; }
dialog::backdrop { background: rgb(0 0 0 / 0.5); }

dialog form, dialog div { display: grid; gap: 1.1rem; }
dialog div { padding: 1.5rem; outline: none; }
dialog [hidden] { display: none; }
h2 { margin: 0; padding-inline-end: 2rem; font-size: 1.25em; line-height: 1.25; }
[part="dialog-text"] { color: var(--_soft); }
h2 + p { margin-block-start: -0.9rem; }

fieldset { min-inline-size: 0; margin: 0; padding: 0; border: 0; }
legend, .name { padding: 0; margin-block-end: 0.2rem; font-weight: 650; }
label { display: flex; gap: 0.6rem; align-items: baseline; padding-block: 0.3rem; cursor: pointer; }
.above { display: block; padding: 0; }
.name { display: block; }
input { flex: none; inline-size: 1.1em; block-size: 1.1em; margin: 0; accent-color: var(--_accent); translate: 0 0.15em; }
select {
  inline-size: 100%;
  min-block-size: 2.75rem;
  padding-inline: 0.6rem;
  color: inherit;
  background: none;
  font: inherit;
  border: 1px solid var(--_soft);
  border-radius: 0.4rem;
}
option { color: CanvasText; background: Canvas; }
dialog :is(input, select):focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }

menu { display: flex; flex-wrap: wrap; gap: 0.6rem; margin: 0; padding: 0; }
menu button {
  flex: 1;
  white-space: nowrap;
  min-block-size: 2.75rem;
  padding: 0.4rem 0.75rem;
  color: var(--_text);
  border: 1px solid var(--_soft);
  border-radius: 0.4rem;
}
[part="save"] { color: Canvas; background: var(--_accent); border-color: transparent; font-weight: 650; }
[part="save"]:hover { color: Canvas; background: var(--_accent); text-decoration: underline; text-underline-offset: 0.2em; }
[part="cancel"]:hover { background: var(--_tint); }
[part="stop"] {
  justify-self: start;
  margin-inline-start: -0.25rem;
  padding: 0.25rem;
  text-decoration: underline;
  text-underline-offset: 0.25em;
}

@media (prefers-reduced-motion: no-preference) {
  dialog { animation: arrive 0.2s ease-out; }
}
@media (forced-colors: active) { dialog { border-color: CanvasText; } }
`;
