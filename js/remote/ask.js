// One question to the shop's server. What is personal goes in the body and in a header, never in the address.

/** The server cannot be asked: no answer, none in time, one that says it cannot, or one that nobody can read. */
export class Away extends Error {
  name = "Away";
  /** The HTTP status; 0: there was no answer. */
  status;

  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** These say something about the question; all others that are no success, about the server or who asks. */
const ANSWERS = [400, 409, 413, 422];

/**
 * @param {string} base the address of the server, as `https://shop.example/querencia`
 * @param {string} path such as `/sync`
 * @param {{ token?: string | null, body?: object, patience?: number, keepalive?: boolean, signal?: AbortSignal }} [how] `patience`: so many
 *   milliseconds the whole answer may take
 * @returns {Promise<{ status: number, answer: any }>} `answer` is an object
 */
export async function ask(base, path, { token, body, patience = 5000, keepalive, signal } = {}) {
  const given = new AbortController();
  const stop = () => given.abort();
  const timer = setTimeout(stop, patience);
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  const address = base.replace(/\/+$/, "") + path;
  let status = 0;
  try {
    const response = await fetch(address, {
      method: body ? "POST" : "GET",
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body && { "content-type": "application/json" }) },
      body: body && JSON.stringify(body),
      // the token says who it is; a cookie of the shop is none of its business
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      keepalive,
      signal: given.signal,
    });
    status = response.status;
    if (!response.ok && !ANSWERS.includes(status)) throw 0;
    const answer = await response.json();
    if (Object(answer) !== answer || Array.isArray(answer)) throw 0;
    return { status, answer };
  } catch {
    const why = !status ? (given.signal.aborted ? `no answer in ${patience} ms` : "no answer: see connect-src, CORS and the network") : status < 300 ? "an answer that is no JSON" : `HTTP ${status}`;
    throw new Away(`${address}: ${why}`, status);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/**
 * The code and path of the first problem that the server tells.
 * @param {any} answer
 */
export function problemOf({ problems }) {
  const { code, path } = Object(Array.isArray(problems) ? problems[0] : undefined);
  return [code ?? "refused", path].filter((text) => typeof text === "string" && text).join(" at ");
}
