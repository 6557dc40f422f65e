// One sentence a code, where the build that found the problem has none of its own: the lean one that browsers load.

/** @type {Record<string, string>} */
export const SENTENCES = {
  "unknown-field": "no such field; see the schema",
  "missing-field": "it is required here",
  "wrong-type": "another type is expected; see the schema",
  "out-of-range": "outside what this field takes; see the schema",
  "invalid-value": "not what this field takes; see the schema",
  "duplicate-id": "the id of another one; give each its own",
  "unknown-reference": "nothing has this name",
  "unknown-operator": "no such operator",
  "unknown-fact": "no such fact; the shop's own are `attributes.…`",
  "not-allowed": "not allowed here; leave it out",
  "too-large": "too large; shorten or split it",
  "too-deep": "nested too deep; split it",
  "zone-table": "not the zones' rows `[instant, minutes]` from `now` on",
};
