// The handler for Node's own `http`, and for what is built on it: Express, Connect, Fastify. Nothing of Node is imported.

/**
 * @typedef {import("node:http").IncomingMessage & { originalUrl?: string, body?: unknown }} Incoming
 * @typedef {import("node:http").ServerResponse} Outgoing
 */

/** For how long a connection stays open whose body was not read: who sends it shall read the answer first. In milliseconds. */
const LINGER = 1_000;

/** @param {(request: Request, ...more: any[]) => Promise<Response>} fetch */
export function nodeOf(fetch) {
  /**
   * @param {Incoming} req
   * @param {Outgoing} res
   * @param {unknown} [more] `{ body }`: what another reader, as Fastify's, has made of the body already; Express gives its `next`
   */
  return async (req, res, more) => {
    const given = more && typeof more === "object" && "body" in more ? more.body : req.body;
    const wasParsed = isParsed(req, given);
    const request = requestOf(req, given);
    if (!request) return refuse(req, res);
    const response = await fetch(request, { remoteAddress: req.socket?.remoteAddress });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (res.destroyed || res.headersSent) return; // who asked is gone; what was stored is stored
    const isRead = req.complete || req.readableEnded || wasParsed;
    res.writeHead(response.status, {
      ...Object.fromEntries(response.headers),
      ...(response.status !== 204 && { "content-length": bytes.length }),
      ...(!isRead && { connection: "close" }),
    });
    res.end(bytes);
    if (!isRead) res.once("finish", () => void setTimeout(() => req.destroy(), LINGER).unref?.());
  };
}

/** Methods that no Request has. */
const FORBIDDEN = ["CONNECT", "TRACE", "TRACK"];

/** @param {Incoming} req @param {Outgoing} res */
function refuse({ method = "" }, res) {
  const isMethod = FORBIDDEN.includes(method.toUpperCase());
  const [status, code, message] = isMethod
    ? [405, "method-not-allowed", "this method is not answered here"]
    : [400, "not-allowed", "no request can have this address: it names a user or a password; say who asks by the header `Authorization`"];
  const body = JSON.stringify({ problems: [{ code, path: "", message }] });
  res.writeHead(Number(status), { "content-type": "application/json; charset=utf-8", ...(isMethod && { allow: "GET, HEAD, POST, DELETE, OPTIONS" }), connection: "close" });
  res.end(body);
}

/**
 * @param {Incoming} req
 * @param {unknown} given
 * @returns {Request | undefined} undefined: no Request has its method, as TRACE, or its address, as `http://user:password@host/`
 */
function requestOf(req, given) {
  const headers = new Headers();
  for (let index = 0; index + 1 < req.rawHeaders.length; index += 2) {
    try {
      headers.append(req.rawHeaders[index], req.rawHeaders[index + 1]);
    } catch {} // what no header may have is no header
  }
  const method = req.method ?? "GET";
  // Express cuts off the path at which the handler is mounted.
  const path = req.originalUrl ?? req.url ?? "/";
  const url = /^https?:\/\//i.test(path) && URL.canParse(path) ? path : `http://localhost${path.startsWith("/") ? path : `/${path}`}`;
  const body = method === "GET" || method === "HEAD" ? undefined : bodyOf(req, headers, given);
  try {
    return new Request(url, /** @type {RequestInit} */ ({ method, headers, ...(body !== undefined && { body, duplex: "half" }) }));
  } catch {
    return undefined;
  }
}

/**
 * Whether another reader has read the body. The parsers of Express 4 leave `{}` also where the type is not theirs, and read nothing; by then all
 * of it may have arrived.
 * @param {Incoming} req
 * @param {unknown} given
 */
const isParsed = (req, given) => given !== undefined && (req.readableEnded || req.readableFlowing !== null);

/**
 * The body as it comes, or what another reader left of it.
 * @param {Incoming} req
 * @param {Headers} headers
 * @param {unknown} given
 */
function bodyOf(req, headers, given) {
  if (!isParsed(req, given)) return streamOf(req);
  headers.delete("content-length");
  if (typeof given === "string" || given instanceof Uint8Array) return /** @type {BodyInit} */ (given);
  headers.set("content-type", "application/json"); // `express.json()` has read it
  headers.delete("content-encoding");
  return JSON.stringify(given ?? {});
}

/** @param {Incoming} req @returns {ReadableStream<Uint8Array>} */
function streamOf(req) {
  let isOver = false;
  return new ReadableStream({
    start(controller) {
      const over = (/** @type {() => void} */ end) => {
        if (!isOver) end();
        isOver = true;
      };
      req.on("data", (/** @type {Uint8Array} */ chunk) => {
        if (isOver) return;
        controller.enqueue(new Uint8Array(chunk));
        if ((controller.desiredSize ?? 0) <= 0) req.pause();
      });
      req.on("end", () => over(() => controller.close()));
      req.on("error", () => over(() => controller.error(new Error("cut off"))));
      req.on("close", () => over(() => controller.error(new Error("cut off"))));
      req.pause();
    },
    pull: () => void req.resume(),
    cancel() {
      isOver = true;
      req.pause();
    },
  });
}
