// The channels that a shop sends on. A page shows what it was given at once, or never, and nobody can look up later whether it did.

import { CHANNELS } from "../constants.js";

export const SENT = CHANNELS.filter((channel) => channel !== "onsite");
