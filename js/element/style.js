// Colours follow the page's color-scheme. A theme changes them with --querencia-… or ::part().
// A picture stands beside the text where both have room, else above it. What a browser before 2024 lacks (light-dark, color-mix) is asked for:
// a custom property with a function that is not known would be no colour at all. The colour without light-dark is read on white and on black.

export const STYLE = `
:host { display: block; }
:host([hidden]) { display: none; }

.card {
  --_accent: var(--querencia-accent, #b85c34);
  --_text: var(--querencia-text, CanvasText);
  --_background: var(--querencia-background, Canvas);
  --_line: var(--querencia-border, var(--_accent));
  --_soft: var(--_text);
  --_tint: transparent;
  outline: none;
}
@supports (color: light-dark(red, red)) {
  .card { --_accent: var(--querencia-accent, light-dark(#a8481f, #f2a884)); }
}
@supports (color: color-mix(in oklab, red, red)) {
  .card {
    --_background: var(--querencia-background, color-mix(in oklab, var(--_accent) 6%, Canvas));
    --_line: var(--querencia-border, color-mix(in oklab, var(--_accent) 28%, transparent));
    --_soft: color-mix(in oklab, var(--_text) 78%, transparent);
    --_tint: color-mix(in oklab, var(--_accent) 13%, transparent);
  }
}

.shown {
  position: relative;
  padding-block: 1.15rem 1rem;
  padding-inline: 1.35rem 3.25rem;
  color: var(--_text);
  background: var(--_background);
  border: 1px solid var(--_line);
  border-radius: var(--querencia-radius, 0.875rem);
  box-shadow: var(--querencia-shadow, 0 1px 2px rgb(0 0 0 / 0.05), 0 8px 24px -12px rgb(0 0 0 / 0.18));
  font: var(--querencia-font, inherit);
  line-height: 1.5;
  text-wrap: pretty;
  overflow-wrap: anywhere;
  animation: arrive 0.35s cubic-bezier(0.2, 0.8, 0.3, 1);
}

p { margin: 0; }
p + p { margin-block-start: 0.3rem; }

[part="title"] { font-size: 1.1em; font-weight: 650; line-height: 1.3; }
[part="body"] { white-space: pre-line; }
[part="signer"] { font-style: italic; color: var(--_soft); }
[part="signer"]::before { content: "— "; content: "— " / ""; }

.pictured { display: flex; flex-wrap: wrap; gap: 0.85rem 1.25rem; align-items: start; }
.pictured + *, * + .pictured { margin-block-start: 0.85rem; }
.pictured > div { flex: 99 1 16rem; }
[part="image"] {
  flex: 1 1 10rem;
  min-inline-size: 0;
  max-inline-size: 100%;
  aspect-ratio: var(--querencia-image-ratio, 3 / 2);
  object-fit: cover;
  border-radius: calc(var(--querencia-radius, 0.875rem) * 0.6);
  background: var(--_tint);
}

[part="action"] {
  display: inline-block;
  margin-block-start: 0.75rem;
  padding: 0.45rem 1.15rem;
  color: Canvas;
  background: var(--_accent);
  border: 1px solid transparent;
  border-radius: 2rem;
  font-weight: 650;
  text-decoration: none;
}
[part="action"]:hover { text-decoration: underline; text-underline-offset: 0.2em; }

button {
  font: inherit;
  color: var(--_soft);
  background: none;
  border: 0;
  margin: 0;
  cursor: pointer;
}
button:hover { color: var(--_text); }
:is(a, button):focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }

[part="share"] {
  display: block;
  margin-block-start: 0.6rem;
  padding: 0.25rem 0.8rem;
  color: var(--_accent);
  border: 1px solid;
  border-radius: 1rem;
  font-weight: 650;
}
[part="why"] { margin-block-start: 0.55rem; }
[part="why"], [part="preferences"] {
  margin-inline: -0.25rem 1rem;
  padding: 0.25rem;
  font-size: 0.8125em;
  text-decoration: underline dotted;
  text-underline-offset: 0.25em;
  border-radius: 0.25rem;
}
[part="why-text"] {
  margin-block-start: 0.15rem;
  font-size: 0.8125em;
  color: var(--_soft);
}

[part="dismiss"] {
  position: absolute;
  inset-block-start: 0.65rem;
  inset-inline-end: 0.65rem;
  inline-size: 2rem;
  block-size: 2rem;
  padding: 0;
  border-radius: 50%;
}
[part="dismiss"]:hover { background: var(--_tint); }
[part="dismiss"]::before { content: "✕"; content: "✕" / ""; font-size: 0.875rem; line-height: 2rem; }

[hidden] { display: none; }

@keyframes arrive { from { opacity: 0; transform: translateY(0.4rem); } }
@media (prefers-reduced-motion: reduce) { .shown { animation: none; } }
@media (forced-colors: active) { .shown { border-color: CanvasText; } }
`;
