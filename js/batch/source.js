// The requests of a batch, from whatever gives them, a chunk at a time.

/** A chunk ends early when it holds so many bytes: some customers have a thousand times the ledger of others. */
const MOST_BYTES = 1 << 23;

export class Source {
  /** How many requests there are; null: not known. @type {number | null} */
  total = null;
  isOver = false;
  #iterator;
  #size;

  /**
   * @param {any} given an iterable of requests, or columns
   * @param {number} size of a chunk
   */
  constructor(given, size) {
    let rows = given;
    if (Array.isArray(given)) this.total = given.length;
    else if (!given?.[Symbol.asyncIterator] && !given?.[Symbol.iterator]) {
      const count = countOf(given);
      this.total = count;
      rows = rowsOf(given, count);
    }
    /** @type {AsyncIterator<unknown> | Iterator<unknown>} */
    this.#iterator = (rows[Symbol.asyncIterator] ?? rows[Symbol.iterator]).call(rows);
    this.#size = size;
  }

  /**
   * Reads the next requests. Returns how many they are: fewer than a chunk has if they are large, or if there are no more.
   * @param {AbortSignal} signal
   * @param {(request: unknown) => number | Promise<number>} add takes a request, and says how many bytes of it are kept
   */
  async take(signal, add) {
    let [count, bytes] = [0, 0];
    while (count < this.#size && bytes < MOST_BYTES) {
      const { done, value } = await this.#next();
      if (done) {
        this.isOver = true;
        break;
      }
      signal.throwIfAborted();
      bytes += await add(value);
      count += 1;
    }
    return count;
  }

  async #next() {
    try {
      return await this.#iterator.next();
    } catch (error) {
      this.isOver = true;
      throw error;
    }
  }

  /** @param {AbortSignal} signal */
  async close(signal) {
    if (this.isOver) return;
    const closed = (async () => this.#iterator.return?.())();
    // An iterator that still waits in `next` may wait for ever.
    if (signal.aborted) closed.catch(() => {});
    else await closed;
  }
}

/**
 * The length of all columns.
 * @param {any} columns
 */
function countOf(columns) {
  const [first, ...others] = Object.keys(Object(columns));
  if (first === undefined) throw new TypeError("a batch needs an iterable of requests, or columns such as { customer: […], ledger: […] }");
  for (const field of [first, ...others]) {
    if (!Array.isArray(columns[field]) && !ArrayBuffer.isView(columns[field])) {
      throw new TypeError(`\`${field}\` is no column; what all customers share is given in the options`);
    }
  }
  const { length } = columns[first];
  const odd = others.find((field) => columns[field].length !== length);
  if (odd !== undefined) throw new RangeError(`the column \`${odd}\` has ${columns[odd].length} values, \`${first}\` has ${length}`);
  return length;
}

/**
 * @param {Record<string, ArrayLike<unknown>>} columns
 * @param {number} count
 */
function* rowsOf(columns, count) {
  const fields = Object.keys(columns);
  for (let row = 0; row < count; row++) yield Object.fromEntries(fields.map((field) => [field, columns[field][row]]));
}
