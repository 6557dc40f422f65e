// What the server says of itself and of the shop.

import { OPENMETRICS } from "../metrics.js";

const DAY = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" };

/** @type {import("../routes.js").Route} */
export const tasks = {
  method: "GET",
  path: "/tasks",
  who: ["shop"],
  about: "What the shop's people should do. The customer whose first task is due soonest comes first, with all of theirs. As many as `limit`: there may be more after them.",
  query: {
    until: { schema: { type: "string" }, about: "what is due until then, as `2026-12-31T09:00:00Z` or epoch milliseconds; absent: now" },
    limit: { schema: { type: "string", pattern: "^\\d+$" }, about: "so many at most, 1 to 1,000; absent: 100" },
    after: { schema: { type: "string" }, about: "the `cursor` of the last task of a list that was cut off: those after it" },
    kinds: { schema: { type: "string" }, about: "these kinds alone, as `reply,callback`; absent: all" },
  },
  answer: { type: "array", items: { $ref: "ShopTask" } },
  codes: ["invalid-value", "out-of-range"],
  run: ({ server, query: { until, limit, after, kinds } }) =>
    server.tasks({
      after,
      ...(until !== undefined && { until: /^\d+$/.test(until) ? Number(until) : until }),
      ...(limit !== undefined && { limit: Number(limit) }),
      ...(kinds !== undefined && { kinds: /** @type {any} */ (kinds.split(",")) }),
    }),
};

/** @type {import("../routes.js").Route} */
export const report = {
  method: "GET",
  path: "/report",
  who: ["shop"],
  about: "What happened over some days: decisions, refusals by gate and code, contacts by channel and state, reactions.",
  query: {
    from: { schema: DAY, about: "a day in UTC, as `2026-12-31`; absent: seven days with `to`" },
    to: { schema: DAY, about: "a day in UTC; absent: today" },
  },
  answer: { $ref: "Report" },
  codes: ["invalid-value", "out-of-range"],
  run: ({ server, query: { from, to } }) => server.report({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) }),
};

/** @type {import("../routes.js").Route} */
export const shop = {
  method: "GET",
  path: "/shop",
  who: [],
  isFree: true,
  about: "What a page must know of the whole shop: how many conversations wait for an answer, and how many customers leave.",
  answer: { $ref: "ShopNow" },
  run: ({ part }) => part.shop(),
};

/** @type {import("../routes.js").Route} */
export const health = {
  method: "GET",
  path: "/health",
  who: [],
  isFree: true,
  about: "Whether the server can decide: its store answers. Else 503.",
  answer: { $ref: "Health" },
  run: ({ part }) => part.health(),
};

/** @type {import("../routes.js").Route} */
export const metrics = {
  method: "GET",
  path: "/metrics",
  who: ["shop"],
  about: "Numbers of this process, as OpenMetrics text.",
  answer: OPENMETRICS,
  run: ({ part }) => part.metrics(),
};

/** @type {import("../routes.js").Route} */
export const openapi = {
  method: "GET",
  path: "/openapi.json",
  who: [],
  about: "This document.",
  answer: { type: "object", description: "OpenAPI 3.1" },
  run: ({ part }) => part.openapi(),
};
