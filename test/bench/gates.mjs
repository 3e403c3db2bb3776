// All gates: { name, unit, aim, measure(bench) -> { ours, theirs } }.  A new
// one is a row in a file of its own subject and a line here.
import { deliveryGates } from './gates_delivery.mjs';
import { freshGates } from './gates_fresh.mjs';
import { hubGates } from './gates_hub.mjs';
import { lineGates } from './gates_line.mjs';

export const gates = [
  ...lineGates,
  ...hubGates,
  ...freshGates,
  ...deliveryGates,
];
