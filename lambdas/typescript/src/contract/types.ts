/** What contracts are made of. The generated modules import it whole, and bundlers keep what is used. */
export * from "./anything.js";
export * from "./choice.js";
export * from "./list.js";
export * from "./number.js";
export * from "./object.js";
export * from "./plain.js";
export * from "./text.js";
export * from "./union.js";
export * from "../formats/addresses.js";
export * from "../formats/moments.js";
export * from "../formats/names.js";
export * from "../formats/uris.js";
export type { Type } from "./context.js";
