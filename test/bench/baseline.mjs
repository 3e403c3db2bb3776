// The baseline of cases and answers: PL/pgSQL functions that write what the
// hub wrote, row by row and byte by byte.  They are made from the rows of one
// case and one answer that the hub took, so a change of the schema or of a
// message's size changes both sides.
import { Pattern, readRows, readSchema, readSizes } from './row_pattern.mjs';

const NEWEST = `SELECT case_id FROM case_file WHERE ref LIKE '%-BNCH-%'
	ORDER BY case_id DESC LIMIT 1`;

// `made` has as many rows as the hub's case, of the same sizes.
function proveSame({ database }, schema, caseId, made) {
  const [hub, own] = [caseId, made].map((one) =>
    readSizes(database, schema, one));
  if (hub !== own) {
    throw new Error(`the baseline writes other rows:\n${hub}\n\n${own}`);
  }
}

// bench.NAME(): inserts what the hub wrote for the case `caseId`, which nobody
// has answered.
function installCase(world, schema, name, caseId) {
  const { database } = world;
  const rows = readRows(database, schema, caseId);
  const pattern = new Pattern(schema, rows.case_file[0].received_at);
  pattern.make(rows);
  database.sql(pattern.procedure(name, { body: pattern.inserts(rows) }));
  database.sql(`SELECT bench.${name}()`, 'hub');
  proveSame(world, schema, caseId, database.sql(NEWEST));
}

// The rows of `after` that `before` has not, by their keys; and of those the
// events of the case itself, which only its first answer brings.
function added(schema, before, after) {
  const rest = {};
  const ofCase = {};
  const moves = new Set(after.event.filter(({ machine }) => machine === 'case')
    .map((row) => row.event_id));
  for (const { name, key } of schema) {
    const text = (row) => JSON.stringify(key.map((column) => row[column]));
    const old = new Set(before[name].map(text));
    const fresh = after[name].filter((row) => !old.has(text(row)));
    rest[name] = fresh.filter((row) => !moves.has(row.event_id));
    ofCase[name] = fresh.filter((row) => moves.has(row.event_id));
  }
  return { rest, ofCase };
}

const WAITING = `
CREATE TABLE bench.unanswered (
	number bigserial PRIMARY KEY,
	target_id uuid NOT NULL,
	case_id uuid NOT NULL,
	request_id uuid NOT NULL
);
CREATE SEQUENCE bench.next_answer;
GRANT SELECT ON bench.unanswered TO freezeline_hub;
GRANT USAGE ON SEQUENCE bench.next_answer TO freezeline_hub;`;

// bench.post_answer(): as the hub took the first answer of a case, to the
// target `targetId`; `before` and `after` are all its rows.  It answers the
// targets of bench.unanswered, one after another.
function installAnswer({ database }, schema, before, after, targetId) {
  const [{ case_id: caseId }] = after.case_file;
  const target = after.target.find((row) => row.target_id === targetId);
  const { rest, ofCase } = added(schema, before, after);
  const pattern = new Pattern(schema, rest.response[0].received_at, {
    [caseId]: 'w.case_id',
    [targetId]: 'w.target_id',
    [target.request_id]: 'w.request_id',
  });

  pattern.make(rest);
  database.sql(`${WAITING}
${pattern.procedure('post_answer', {
  declare: `	this bigint := nextval('bench.next_answer');
	w bench.unanswered;
	old text;`,
  body: `	SELECT * INTO STRICT w FROM bench.unanswered u WHERE u.number = this;
	SELECT c.status INTO STRICT old FROM case_file c
	 WHERE c.case_id = w.case_id FOR NO KEY UPDATE;
${pattern.updates(before, after)}	IF old = 'dispatched' THEN
${pattern.inserts(ofCase)}	END IF;
${pattern.inserts(rest)}`,
})}`);
}

// bench.post_case() as the hub took the case `four`; bench.make_unanswered()
// as it took `waiting`, and bench.post_answer() as it then takes the answer
// that `respond(target)` gives.
async function install(world, { four, waiting, respond }) {
  const { database } = world;
  const schema = readSchema(database);
  const first = database.sql(`SELECT target_id FROM target
	WHERE case_id = '${waiting}' ORDER BY position LIMIT 1`);

  database.sql(`CREATE SCHEMA bench;
GRANT USAGE ON SCHEMA bench TO freezeline_hub`);
  installCase(world, schema, 'post_case', four);
  installCase(world, schema, 'make_unanswered', waiting);
  const before = readRows(database, schema, waiting);
  await respond(first);
  const after = readRows(database, schema, waiting);
  installAnswer(world, schema, before, after, first);
  database.sql(`INSERT INTO bench.unanswered (target_id, case_id, request_id)
	SELECT target_id, case_id, request_id FROM target
	 WHERE case_id = (${NEWEST}) ORDER BY position LIMIT 1`);
  database.sql('SELECT bench.post_answer()', 'hub');
  proveSame(world, schema, waiting,
    database.sql('SELECT case_id FROM bench.unanswered'));
}

// A database beside the hub's, in the same server, with the same schema and
// the functions.  No hub is on it, so that no sequencer of ours works on the
// baseline's events while it is measured.
export class Baseline {
  static async start(world, patterns) {
    const baseline = new Baseline();
    baseline.postgres = world.postgres;
    await install(world, patterns);
    await world.first.stop();
    world.database.sql(
      `CREATE DATABASE baseline TEMPLATE freezeline OWNER freezeline_owner`,
      'admin');
    world.database.sql('DROP SCHEMA bench CASCADE');
    await world.first.start();
    return baseline;
  }

  sql(text) {
    return this.postgres.sql('owner', text, 'baseline');
  }

  run(options) {
    return this.postgres.pgbench({ database: 'baseline', ...options });
  }

  // At least as many targets that post_answer() can answer; those of one case
  // are far apart.
  async wait(count) {
    const left = Number(await this.sql(`SELECT count(*) FROM bench.unanswered
	WHERE number > (SELECT last_value FROM bench.next_answer)`));
    if (left >= count) return;
    const since = await this.sql(
      'SELECT case_id FROM case_file ORDER BY case_id DESC LIMIT 1');
    await this.sql(`SELECT count(bench.make_unanswered())
	FROM generate_series(1, ${Math.ceil((count - left) / 4)})`);
    await this.sql(`INSERT INTO bench.unanswered (target_id, case_id,
	request_id) SELECT target_id, case_id, request_id FROM target
	WHERE case_id > '${since.trim()}' ORDER BY position, target_id`);
  }
}
