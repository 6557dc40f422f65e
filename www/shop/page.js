import { count } from "./basket.js";
import { speak } from "./language.js";
import "./datalayer.js";

// What every page of the shop does.
speak();
count();
// A page that the browser kept for the way back shows the basket of another moment.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
