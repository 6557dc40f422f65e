// What tests/xtask/bundle.js fills in.

/** The page part, the whole build, the format of the compiled policies that the engines of a page read, and the adapter. */
declare const RELEASE: [page: string, whole: string, format: string, adapter: string];
/** What each engine of a page can do. */
declare const BUILT: Record<string, string[]>;
