/** Importing it runs the script tag: it has no exports. */
export {};
