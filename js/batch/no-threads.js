// Only Node and Bun have threads that a batch can use: a worker of Deno 2.9 never answered one, and Next
// does not find the worker's file. Elsewhere it is decided in slices on the thread of the host.

export const Threads = null;
