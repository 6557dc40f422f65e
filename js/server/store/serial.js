// One after the other: what is asked of one connection, or of one part.

/** @returns {<T>(key: unknown, work: () => Promise<T>) => Promise<T>} runs what has the same key one after the other */
export function serial() {
  /** @type {Map<unknown, Promise<unknown>>} the last of each key */
  const last = new Map();
  return (key, work) => {
    const run = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, run);
    const end = () => void (last.get(key) === run && last.delete(key));
    run.then(end, end);
    return run;
  };
}
