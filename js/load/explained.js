// Hosts that run the full build: its problems have their sentences. Those of the text come first.

import { duplicatesIn } from "./duplicates.js";

/**
 * @param {unknown} _
 * @param {import("../types.d.ts").Problem[]} problems
 * @param {unknown} [_request]
 * @param {string} [text]
 */
export const explain = async (_, problems, _request, text) => (text ? [...duplicatesIn(text), ...problems] : problems);
