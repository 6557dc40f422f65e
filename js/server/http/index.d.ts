/** Who asks: the shop's own server, or a customer. */
export type Caller = { shop: true; customer?: undefined } | { customer: string; shop?: undefined };

/** Says who sends a request; undefined: nobody that is known. `now` is the store's clock, in epoch milliseconds. */
export type Authenticate = (request: Request, given: { now: () => Promise<number> }) => Promise<Caller | undefined> | Caller | undefined;

/** Accepts `Authorization: Bearer <secret>`: the shop's own server. A secret has 32 bytes or more; several are valid at once, so that one can replace the other. */
export function sharedSecret(secret: string | readonly string[]): Authenticate;

/**
 * Accepts a customer's token: a JWT signed with HS256, of the type `customer+jwt`, with the customer's id in `sub` and an end (`exp`) within 24
 * hours. `secret`: one, several (the token names none), or by `kid`. `audience`: what `aud` must be. `leeway` in seconds, 60 by default.
 */
export function customerToken(
  secret: string | readonly string[] | Readonly<Record<string, string>>,
  options?: { audience?: string; leeway?: number },
): Authenticate;

/** Signs a token for a customer who is signed in to the shop. Never in a browser: who has the secret is every customer. */
export function signToken(options: TokenOptions): Promise<string>;

export interface TokenOptions {
  secret: string;
  /** The id. */
  customer: string;
  /** For how many seconds. Default: 3,600; at most 86,400. */
  expiresIn?: number;
  audience?: string;
  /** Which of several secrets this is. */
  kid?: string;
  /** The instant in epoch milliseconds. Default: the clock's. */
  now?: number;
}

export interface Rate {
  /** How many requests a second in the long run. */
  perSecond: number;
  /** How many at once. */
  burst: number;
}

export interface Limits {
  /** The largest body, in bytes. Default: 1,048,576. */
  body?: number;
  /** Within how many milliseconds a body must come. Default: 10,000. */
  bodyTime?: number;
  /** Of the shop's secret. Default: 500 a second, 2,000 at once. */
  shop?: Rate;
  /** Of each customer. Default: 5 a second, 50 at once. */
  customer?: Rate;
  /** Of each address, for what everybody may ask and for who is not known. Default: 10 a second, 100 at once. */
  address?: Rate;
  /** How many callers are remembered. Default: 10,000. */
  callers?: number;
}

export interface HttpOptions {
  /** The shop's secret, of 32 bytes or more: accepts it (`sharedSecret`), and the customers' tokens that are signed with it (`customerToken`). */
  secret?: string | readonly string[];
  /** Says who sends a request, beside `secret`. Without both, what needs a caller is refused. */
  authenticate?: Authenticate | readonly Authenticate[];
  /** Before every address. Default: `/querencia`. */
  prefix?: string;
  /** The origins whose pages may ask, as `https://shop.example`. Default: none, so only pages of the server's own origin can. */
  origins?: readonly string[];
  /** The address of who sends a request, for rates; of `fetch` it gets what the host gives beside the request. Absent: all who are not known share one rate. */
  address?: (request: Request, ...more: any[]) => string | undefined;
  limits?: Limits;
  /** Called once a request. Nothing in it names a customer. */
  log?: (entry: LogEntry) => void;
  /** Called when the server fails: a fault of ours, the store's or of a function of yours. */
  onError?: (error: unknown) => void;
}

export interface LogEntry {
  /** When it was answered, as `2026-12-24T10:00:00.000Z`. */
  time: string;
  method: string;
  /** The address of the table, as `/customers/{id}`; `unknown`: no such address. */
  route: string;
  status: number;
  milliseconds: number;
  /** Of a refusal. */
  code?: string;
}
