// What tests/xtask/bundle.js fills in.

/** The files of a release: the page part, the whole build, by build the name of its Wasm and its hash, the format that the builds read. */
declare const RELEASE: [page: string, whole: string, engines: Record<string, [name: string, integrity: string]>, format: string];
/** What the engines of a page can do. */
declare const BUILT: string[];
