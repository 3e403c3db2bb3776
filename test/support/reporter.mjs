// A reporter for node:test: failures in full, everything else as a line, and
// at the end `SUITE: N passed, N failed` for test/support/run.sh.
import { inspect } from 'node:util';

export default async function* report(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === 'test:stderr' || type === 'test:stdout') {
      yield data.message;
      continue;
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const error = data.details?.error;
    if (data.details?.type === 'suite') {
      // A suite fails by itself only where a hook of its own does.
      if (type !== 'test:fail' || error?.failureType !== 'hookFailed') continue;
    }
    if (type === 'test:pass') {
      passed++;
      yield `  ok    ${data.name}\n`;
    } else {
      failed++;
      yield `  FAIL  ${data.name}\n${inspect(error?.cause ?? error)}\n`;
    }
  }
  yield `${process.env.SUITE ?? 'node'}: ${passed} passed, ${failed} failed\n`;
}
