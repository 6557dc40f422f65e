// One sentence a code, for the lean build that browsers load: it has no sentence for each mistake, as the full build has.

/** @type {Record<import("../types.d.ts").ProblemCode, string>} */
export const SENTENCES = {
  "unknown-field": "no such field; see the schema",
  "missing-field": "it is required here",
  "wrong-type": "another type is expected; see the schema",
  "out-of-range": "out of the range of this field; see the schema",
  "invalid-value": "no valid value for this field; see the schema",
  "duplicate-id": "another one has this id; give each its own",
  "unknown-reference": "nothing has this name",
  "unknown-operator": "no such operator",
  "unknown-fact": "no such fact; the shop's own are `attributes.…`",
  "not-allowed": "not allowed here; leave it out",
  "too-large": "too large; shorten or split it",
  "too-deep": "nested too deep; split it",
  "zone-table": "write a zone's rows as `[instant, minutes]`, the first at `now` or before",
};
