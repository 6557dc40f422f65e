/** The engine's Wasm, as your tools hand over such a file: its bytes, its address, or a `WebAssembly.Module`. `load(policy, { wasm })` takes each. */
declare const wasm: object | string;
export default wasm;
