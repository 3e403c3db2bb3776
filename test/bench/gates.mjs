// All gates: { name, aim, measure(bench) -> { ours, theirs } }.  A new one is
// a row in a file of its own subject and a line here.
import { lineGates } from './gates_line.mjs';

export const gates = [...lineGates];
