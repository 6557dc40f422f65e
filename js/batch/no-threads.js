// Only Node has threads that a batch can use. Elsewhere it is decided in slices on the thread of the host.

export const Threads = null;
