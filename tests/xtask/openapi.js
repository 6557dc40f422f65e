// Prints the OpenAPI document of the shop's server, for `cargo xtask generate`.

import { documentOf } from "../../js/server/http/openapi.js";
import { ROUTES } from "../../js/server/http/routes.js";

process.stdout.write(`${JSON.stringify(documentOf(ROUTES, "/querencia"), null, 1)}\n`);
