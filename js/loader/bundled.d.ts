// What tests/xtask/bundle.js fills in.

/** The page part, the whole build, and the format of the compiled policies that the engines of a page read. */
declare const RELEASE: [page: string, whole: string, format: string];
/** What the engines of a page can do. */
declare const BUILT: string[];
