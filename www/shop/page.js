import { count } from "./basket.js";
import { speak } from "./language.js";
import "./datalayer.js";

// What every page of the shop does.
speak();
count();
