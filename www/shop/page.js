import { count } from "./basket.js";
import { facts } from "./facts.js";
import { language, speak } from "./language.js";
import { node } from "./node.js";
import { now } from "./state.js";
import "./datalayer.js";

// What every page of the shop does.
speak();
count();
// A shop's server would print what is true of its articles; the tag reads it where data-catalog says.
document.head.append(node("script", { type: "application/json", id: "catalog" }, JSON.stringify(facts(now(), language))));
// A page that the browser kept for the way back shows the basket of another moment.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
