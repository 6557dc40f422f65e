// Whether a Wasm and the glue are of one build. Of two they may understand each other, and decide something else.

/** @param {unknown} [cause] */
export const otherBuild = (cause) =>
  new Error("the Wasm is not the engine of this version: take querencia/querencia.wasm, or dist/, from the package that this JavaScript is of", { cause });

/**
 * The module, if it has the mark that bundle.js wrote into it and into the glue.
 * @param {string} build
 * @param {WebAssembly.Module} module
 */
export function ofBuild(build, module) {
  const [mark] = WebAssembly.Module.customSections(module, "querencia");
  if (new TextDecoder().decode(mark) !== build) throw otherBuild();
  return module;
}
