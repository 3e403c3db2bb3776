// The binary as a child with a clean environment: what it printed, and how
// it ended.
import { execFile } from 'node:child_process';

export const freezeline = (args, env = {}, input = '') =>
  new Promise((done) => {
    const child = execFile(process.env.FREEZELINE, args, {
      env: { PATH: process.env.PATH, TZ: 'UTC', ...env },
      maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
    (error, out, err) => done({ code: error ? error.code ?? 'killed' : 0,
      out, err }));
    child.stdin.end(input);
  });
