// The panel is a tool beside the shop, and must not be taken for a part of it. On a narrow page it stands below everything and takes room of
// its own, so that nothing is covered for good; on a wide one it stands in the corner.

export const STYLE = `
:host {
  all: initial;
  display: block;
  position: sticky;
  inset-block-end: 0;
  z-index: 2147483647;
  color-scheme: dark;
  --_back: #14171c;
  --_line: #343b47;
  --_soft: #a9b3c3;
  --_mark: #f2b08a;
  font: 400 13px/1.5 system-ui, sans-serif;
  color: #e4e8ef;
}
section { display: flex; flex-direction: column; max-block-size: 60vh; background: var(--_back); border-block-start: 2px solid var(--_mark); }
header { display: flex; align-items: center; gap: 8px; padding: 4px 8px 4px 12px; }
h2 { flex: 1; min-inline-size: 0; margin: 0; font-size: 13px; font-weight: 650; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.sum { margin-inline-start: 6px; color: var(--_mark); font-weight: 400; }
button { min-inline-size: 36px; min-block-size: 36px; padding: 0; font: inherit; font-size: 17px; color: inherit; background: none; border: 1px solid transparent; border-radius: 6px; cursor: pointer; }
button:hover { background: #262c36; }
:focus-visible { outline: 2px solid var(--_mark); outline-offset: -2px; }
.body { overflow: auto; overscroll-behavior: contain; padding: 0 12px 12px; border-block-start: 1px solid var(--_line); overflow-wrap: anywhere; }
.body[hidden] { display: none; }
h3 { margin: 14px 0 4px; font-size: 12px; font-weight: 650; letter-spacing: 0.02em; color: var(--_mark); }
p { margin: 0; }
.entry { padding-block: 5px; border-block-end: 1px solid var(--_line); }
.entry:last-child { border: 0; }
.entry p:first-child:not(:only-child) { font-weight: 600; }
.entry p + p { color: var(--_soft); }
.said { padding-inline-start: 10px; border-inline-start: 2px solid var(--_mark); color: #e4e8ef !important; }
code { font: 12px/1.45 ui-monospace, monospace; color: var(--_soft); }
.pair { display: grid; grid-template-columns: minmax(7em, 30%) 1fr; gap: 2px 12px; padding-block: 4px; border-block-end: 1px solid var(--_line); }
.pair:last-child { border: 0; }
.pair dt { color: var(--_soft); }
dl, dd { margin: 0; }
dd p + p { margin-block-start: 2px; }
@media (min-width: 700px) {
  :host { position: fixed; inset-inline-end: 16px; inset-block-end: 16px; inline-size: min(27rem, 42vw); }
  section { max-block-size: min(70vh, 44rem); border: 1px solid var(--_line); border-block-start: 2px solid var(--_mark); border-radius: 10px; box-shadow: 0 12px 40px rgb(0 0 0 / 0.35); overflow: hidden; }
  section.folded { inline-size: fit-content; margin-inline-start: auto; }
}
@media print { :host { display: none; } }
`;

export const NOTE_STYLE = `
:host { all: initial; display: block; position: sticky; inset-block-end: 0; z-index: 2147483646; font: 400 13px/1.4 system-ui, sans-serif; color: #2a1c00; }
div { display: flex; align-items: center; gap: 10px; padding: 4px 4px 4px 12px; background: #ffd98a; border-block-start: 2px solid #9a6a00; }
p { flex: 1; margin: 0; overflow-wrap: anywhere; }
button { min-inline-size: 36px; min-block-size: 36px; font: inherit; font-size: 17px; color: inherit; background: none; border: 0; border-radius: 6px; cursor: pointer; }
:focus-visible { outline: 2px solid #6b4a00; outline-offset: -2px; }
@media (min-width: 700px) {
  :host { position: fixed; inset-inline-start: 16px; inset-block-end: 16px; max-inline-size: min(28rem, 50vw); }
  div { border: 1px solid #9a6a00; border-radius: 10px; box-shadow: 0 8px 24px rgb(0 0 0 / 0.2); }
}
@media print { :host { display: none; } }
`;
