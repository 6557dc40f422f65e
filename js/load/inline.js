// The package with the Wasm inside its JavaScript, for bundlers that copy no file beside it. Imported once, it serves every other part of
// the package too.

import { base64 } from "../../dist/inline.js";
import { provide } from "./index.js";

export * from "../index.js";

provide(() => WebAssembly.compile(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))));
