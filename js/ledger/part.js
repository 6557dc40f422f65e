// The parts of a browser's store: one for each customer who has signed in there, and one for the guests.

/**
 * The part of a customer; for a guest it is empty. It is a hash, so that who looks into the store or its logs reads nobody's
 * address or number. (fnv1a128, as the engine hashes the ids of contacts.)
 * @param {{ id?: string | null } | null} [customer]
 */
export function partOf(customer) {
  const id = customer?.id ?? "";
  // The engine reads an id of white space alone as absent.
  if (!/\P{White_Space}/u.test(id)) return "";
  let hash = 0x6c62272e07bb014262b821756295c58dn;
  // As JSON, because half of a surrogate pair has no bytes of its own.
  for (const byte of new TextEncoder().encode(JSON.stringify(id))) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * 0x1000000000000000000013bn);
  }
  return hash.toString(16).padStart(32, "0");
}
