// A CloudEvent of HTTP's binary mode: the envelope stands in headers `ce-…`, and the body is the data.

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
    return value === null ? [] : [[name, decoded(value)]];
  });
  return { ...Object.fromEntries(given), data: body };
}

/** Headers have ASCII alone: other letters are percent-encoded, and a text may stand in quotes. @param {string} value */
function decoded(value) {
  const text = /^".*"$/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
