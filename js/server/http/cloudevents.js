// A CloudEvent of HTTP's binary mode: the envelope stands in headers `ce-…`, and the body is the data.

import { ServerError } from "../errors.js";

const ATTRIBUTES = ["specversion", "type", "source", "id", "subject", "time"];

/**
 * @param {Headers} headers
 * @param {unknown} body
 * @returns {unknown} the event as JSON has it; a body without those headers as it is
 */
export function enveloped(headers, body) {
  if (headers.get("ce-specversion") === null) return body;
  const given = ATTRIBUTES.flatMap((name) => {
    const value = headers.get(`ce-${name}`);
    return value === null ? [] : [[name, decoded(value, name)]];
  });
  return { ...Object.fromEntries(given), data: body };
}

/**
 * Headers have ASCII alone: other letters, spaces and quotes are percent-encoded, or the text stands in quotes. Headers of one name are joined by
 * a comma and a space: of two ids neither is the event's.
 * @param {string} value
 * @param {string} name
 */
function decoded(value, name) {
  const isQuoted = /^"(?:[^"\\]|\\.)*"$/.test(value);
  if (!isQuoted && value.includes(", ")) throw new ServerError("invalid-value", name, `the header \`ce-${name}\` came twice, or has a space; send it once, and write a space as \`%20\``);
  try {
    return decodeURIComponent(isQuoted ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value);
  } catch {
    throw new ServerError("invalid-value", name, `the header \`ce-${name}\` is no percent-encoded UTF-8; write a \`%\` as \`%25\``);
  }
}
