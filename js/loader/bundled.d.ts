// What tests/xtask/bundle.js fills in.

/** The page part, the whole build, the format of the compiled policies that the engines of a page read, and by build the hash of its Wasm. */
declare const RELEASE: [page: string, whole: string, format: string, engines: Record<string, string>];
/** What the engines of a page can do. */
declare const BUILT: string[];
