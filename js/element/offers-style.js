// The list of what the customer has. Its colours are those of the message (style.js).

export const STYLE = `
:host { display: block; }
:host([hidden]), [hidden] { display: none; }
.list {
  --_accent: var(--querencia-accent, #b85c34);
  --_text: var(--querencia-text, CanvasText);
  --_line: var(--querencia-border, currentColor);
  margin: 0;
  padding: 0;
  list-style: none;
  color: var(--_text);
  font: var(--querencia-font, inherit);
  line-height: 1.5;
  overflow-wrap: anywhere;
  outline: none;
}
@supports (color: light-dark(red, red)) { .list { --_accent: var(--querencia-accent, light-dark(#a8481f, #f2a884)); } }
@supports (color: color-mix(in oklab, red, red)) { .list { --_line: var(--querencia-border, color-mix(in oklab, var(--_accent) 28%, transparent)); } }
p { margin: 0; }
li { padding-block: 0.9rem; border-block-end: 1px solid var(--_line); }
li:last-child { border-block-end: 0; }
[part="name"] { font-weight: 650; }
[part="code"] {
  display: inline-block;
  padding: 0.1rem 0.5rem;
  border: 1px dashed;
  border-radius: 0.3rem;
  font-family: ui-monospace, monospace;
  user-select: all;
}
li > * + * { margin-block-start: 0.25rem; }
button { font: inherit; background: none; border: 0; margin: 0; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
`;
