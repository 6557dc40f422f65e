import "../page.js";
import { happened } from "../happened.js";

happened("page_not_found");
