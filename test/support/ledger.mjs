// What somebody outside the hub has promised to remember: a line a fact,
// on disk before anybody counts it.
import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';

export class Ledger {
  constructor(path) {
    this.path = path;
    this.file = openSync(path, 'a', 0o600);
    this.count = 0;
  }

  write(fact) {
    writeSync(this.file, `${JSON.stringify(fact)}\n`);
    fdatasyncSync(this.file);
    this.count++;
  }

  /** All facts, as they stand on the disk. */
  read() {
    return readFileSync(this.path, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  }

  close() {
    closeSync(this.file);
  }
}
