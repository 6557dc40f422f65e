// What tests/xtask/bundle.js fills in.

/** The page part, the whole build, what spares a page, what reads a table of markets, the format of the compiled policies that the engines of a page read, and the adapter. */
declare const RELEASE: [page: string, whole: string, spared: string, market: string, format: string, adapter: string];
/** What each engine of a page can do. */
declare const BUILT: Record<string, string[]>;
