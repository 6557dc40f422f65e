// Generated cases with the native engine's decisions, run through the package: the same in Node and in Chromium.

/**
 * How many of some cases, one of JSON a line, the package decides otherwise; the first few of them.
 * @param {string} text
 * @param {typeof import("querencia")} querencia
 */
export async function differences(text, { load }) {
  const found = [];
  let count = 0;
  for (const line of text.split("\n")) {
    if (!line) continue;
    count++;
    const { policy, request, decision } = JSON.parse(line);
    const engine = await load(policy);
    // A host's decision carries the policy's hash.
    const ours = JSON.stringify({ ...engine.decide(request), policy: null });
    engine.free();
    if (ours !== JSON.stringify(decision) && found.length < 3) found.push({ ours, decision, policy, request });
  }
  return { count, found };
}
