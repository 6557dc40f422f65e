import "../page.js";
import { products } from "../catalog.js";
import { shelf } from "../shelf.js";

document.querySelector("#shelves").append(...products.map(shelf));
