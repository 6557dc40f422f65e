// One sentence a code, where the build that found the problem has none of its own: the lean one that browsers load.

/** @type {Record<string, string>} */
export const SENTENCES = {
  "unknown-field": "no such field; the schema has those there are",
  "missing-field": "it is required here",
  "wrong-type": "not the type this field takes; see the schema",
  "out-of-range": "outside what this field takes; see the schema",
  "invalid-value": "not a value this field takes; see the schema",
  "duplicate-id": "the id of another one before; give each its own",
  "unknown-reference": "nothing has this name here",
  "unknown-operator": "no operator here",
  "unknown-fact": "no such fact; the shop's own are written `attributes.…`",
  "not-allowed": "not allowed here; leave it out",
  "too-large": "larger than it may be; shorten or split it",
  "too-deep": "nested deeper than 32 levels; split it",
  "zone-table": "not the rows this policy needs; give `[instant, minutes]` in order, the first not after `now`",
};
