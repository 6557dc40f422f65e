// The row with the buttons of a code. It takes its colours from the card or the list that it stands in.

export const STYLE = `
.code { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: center; margin-block-start: 0.75rem; }
.code button {
  padding: 0.35rem 0.9rem;
  color: var(--_accent);
  border: 1px solid;
  border-radius: 1rem;
  font-weight: 650;
}
.code button:hover { color: var(--_text); }
.code [part="apply"] { color: Canvas; background: var(--_accent); border-color: transparent; }
.code [part="apply"]:hover { color: Canvas; text-decoration: underline; text-underline-offset: 0.2em; }
.code button[aria-disabled="true"] { opacity: 0.6; cursor: progress; }
.code [part="result"] { flex: 1 1 8rem; margin: 0; font-size: 0.875em; }
.code [part="result"]:empty { display: none; }
.by-hand {
  inline-size: 100%;
  min-inline-size: 0;
  padding: 0.35rem 0.6rem;
  color: inherit;
  background: none;
  font: inherit;
  border: 1px dashed;
  border-radius: 0.4rem;
}
.beside { position: fixed; inset-block-start: 0; inset-inline-start: 0; inline-size: 1px; block-size: 1px; opacity: 0; }
`;
