export { type Completeness, completeness } from "./completeness.js";
