// Clocks of a hub that is tested: their rows, and their time moved back in
// the database, so that the clerk finds that a stage has come.
import assert from 'node:assert/strict';

/** The UUID in a TypeID, as SQL takes it. */
export const uuid = (id) => {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  let value = 0n;
  for (const letter of id.split('_').pop()) value = value * 32n + BigInt(alphabet.indexOf(letter));
  return value.toString(16).padStart(32, '0').slice(-32);
};

// The row that has its end as well.
const SUBJECTS = {
  formality: ['formality', 'formality_id'],
  grievance_reply: ['grievance', 'grievance_id'],
  grievance_decision: ['grievance', 'grievance_id'],
};

/** Move the clock of a subject so that this stage came a second ago: 0 half
 * of its time, 1 four fifths, 2 its end, 3 a day later. */
export function reach(world, id, kind, stage) {
  const part = [0.5, 0.8, 1, 1][stage];
  const [table, key] = SUBJECTS[kind];
  const begins = { formality: 'created_at', grievance: 'filed_at' }[table];
  const more = stage === 3 ? "interval '1 day'" : "interval '0'";
  const moved = world.database.sql(`
    WITH clock AS (
      SELECT subject_id, (due_at - started_at) * ${part} + ${more} - (now() - started_at)
             + interval '1 s' AS back
        FROM deadline
       WHERE subject_id = '${uuid(id)}' AND kind = '${kind}' AND status = 'running'),
    subject AS (
      UPDATE ${table} s SET due_at = s.due_at - c.back, ${begins} = s.${begins} - c.back
        FROM clock c WHERE s.${key} = c.subject_id)
    UPDATE deadline d
       SET started_at = d.started_at - c.back, due_at = d.due_at - c.back, stage = ${stage},
           next_at = now() - interval '1 s'
      FROM clock c WHERE d.subject_id = c.subject_id AND d.kind = '${kind}' RETURNING d.kind`);
  assert.equal(moved, kind);
}

/** "running", "ended", "passed"; "" where there is no such clock. */
export const clockOf = (world, id, kind) => world.database.sql(
  `SELECT status FROM deadline WHERE subject_id = '${uuid(id)}' AND kind = '${kind}'`);
