/**
 * Takes out of this browser's ledger what was said from an instant on. Querencia never does that. The demo does it when its clock goes
 * back, and when a page is to say the same in another language.
 *
 * @param {number} from epoch milliseconds
 * @returns {Promise<void>}
 */
export function unsay(from) {
  // When the latest contacts were is kept beside the database, too. In the demo nothing else is.
  localStorage.removeItem("querencia-contacts");
  return new Promise((done) => {
    const request = indexedDB.open("querencia");
    // Nobody has kept anything: no empty database may stay behind.
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onerror = () => done();
    request.onsuccess = () => {
      const database = request.result;
      const transaction = database.transaction(["records", "parts"], "readwrite");
      for (const name of ["records", "parts"]) {
        const records = transaction.objectStore(name).openCursor();
        records.onsuccess = () => {
          if (records.result?.value.at >= from) records.result.delete();
          records.result?.continue();
        };
      }
      transaction.oncomplete = transaction.onabort = () => {
        database.close();
        done();
      };
    };
  });
}
