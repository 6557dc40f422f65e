// Prototype.js and the MooTools of browsers, which old shops still have. npm has neither; Debian does.

import { DEBIAN } from "../e2e/libraries.js";
import { tryBeside } from "../e2e/old-pages.js";

tryBeside(DEBIAN);
