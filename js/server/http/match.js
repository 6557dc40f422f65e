// Which row of the table an address and a method are.

/**
 * @typedef {import("./routes.js").Route} Route
 * @typedef {{ path?: string, allow?: string, route?: Route, params?: Record<string, string> }} Matched without `allow` there is no such address, without `route` no such method
 */

/**
 * @param {readonly Route[]} routes
 * @param {string} prefix
 * @returns {(method: string, path: string) => Matched}
 */
export function matcherOf(routes, prefix) {
  if (prefix !== "" && !/^(\/[A-Za-z0-9._~-]+)+$/.test(prefix)) throw new TypeError("`prefix` is empty, or a path such as `/querencia`");
  const rows = routes.map((route) => ({ route, parts: `${prefix}${route.path}`.split("/") }));
  return (method, path) => {
    const parts = path.split("/");
    const here = rows.filter((row) => row.parts.length === parts.length && row.parts.every((part, index) => part === parts[index] || (part.startsWith("{") && parts[index] !== "")));
    if (here.length === 0) return {};
    const methods = here.map(({ route }) => route.method);
    const allow = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
    const found = here.find(({ route }) => route.method === (method === "HEAD" ? "GET" : method));
    const told = here[0].route.path;
    if (!found) return { path: told, allow };
    try {
      const params = found.parts.flatMap((part, index) => (part.startsWith("{") ? [[part.slice(1, -1), decodeURIComponent(parts[index])]] : []));
      return { path: told, allow, route: found.route, params: Object.fromEntries(params) };
    } catch {
      return {}; // a `%` that nothing follows is no address
    }
  };
}
