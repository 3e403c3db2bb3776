// The baseline of cases and answers: PL/pgSQL functions that write what the hub
// wrote, row by row and byte by byte, only with ids, numbers, hashes and
// times of their own.  They are made from the rows of one case and one answer
// that the hub took, so a change of the schema or of a message's size changes
// both sides.
const literal = (text) => `'${text.replaceAll("'", "''")}'`;

// What is another in every call, by column: SQL instead of the pattern's
// value.
const FRESH = {
  ref: "'IN-KL-BNCH-' || (1000000 + nextval('case_number'))::text || 'B'",
  key: 'gen_random_uuid()::text',
  escalate_at: "moment + interval '60 seconds'",
};
const HASHES = ['identifier_hash', 'dedupe_hash', 'reference_hash',
  'fingerprint'];
const RANDOM_HASH =
  'uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())';
const NUMBERED = ['event_id', 'seq'];
const NOW = ['recorded_at', 'created_at', 'received_at', 'updated_at',
  'queued_at', 'message_at', 'acknowledged_at', 'answered_at'];

// Twenty-eight digits of a UUIDv7 (RFC 9562), as the hub's: the last four
// number what one call makes.
const BASE = `lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0')
	    || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14, 15)`;

// Writes literals and new ids; `given`: { uuid: SQL } for ids that are there
// already.
class Pattern {
  constructor(given) {
    this.ids = new Map(Object.entries(given));
    this.made = 0;
  }

  // The ids of rows that the function makes.
  make(uuids) {
    for (const uuid of uuids) this.ids.set(uuid, `id${this.made++}`);
  }

  declarations() {
    return Array.from({ length: this.made }, (_, n) =>
      `	id${n} uuid := (base || '${n.toString(16).padStart(4, '0')}')::uuid;`);
  }

  value(column, value) {
    if (value === null) return 'NULL';
    if (column in FRESH) return FRESH[column];
    if (HASHES.includes(column)) return RANDOM_HASH;
    if (NUMBERED.includes(column)) return `batch + ${BigInt(value) & 0xffffn}`;
    if (NOW.includes(column)) return 'moment';
    if (Array.isArray(value)) {
      return `ARRAY[${value.map((one) => this.value('', one))}]::uuid[]`;
    }
    return this.ids.get(value) ?? literal(String(value));
  }

  insert(table, rows) {
    if (rows.length === 0) return '';
    const columns = Object.keys(rows[0]);
    const tuples = rows.map((row) => `(${columns.map((column) =>
      this.value(column, row[column])).join(', ')})`);
    return `	INSERT INTO ${table} (${columns.join(', ')}) VALUES\n\t    ${
      tuples.join(',\n\t    ')};\n`;
  }

  procedure(name, { declare = '', body }) {
    return `CREATE OR REPLACE FUNCTION bench.${name}() RETURNS void
LANGUAGE plpgsql AS $function$
DECLARE
	moment timestamptz := clock_timestamp();
	batch bigint := nextval('batch_number') * 65536;
	base text := ${BASE};
${this.declarations().join('\n')}
${declare}
BEGIN
${body}END $function$;
`;
  }
}

// The rows of a case in the tables that a call writes to.  Numbers beyond
// JavaScript's come as text.
const TABLES = ['case_file', 'disputed_txn', 'freeze_request', 'target',
  'response', 'event', 'event_value', 'message', 'outbox', 'idempotency'];

const from = (table, caseId) => table === 'outbox'
  ? `outbox JOIN message USING (message_id) WHERE case_id = '${caseId}'`
  : `${table} WHERE case_id = '${caseId}'`;

// In the order of their making.
const ORDER = { event: 'event_id', event_value: 'event_id',
  message: 'message.seq', outbox: 'outbox.seq', idempotency: 'created_at' };

const readTable = (world, table, caseId) => JSON.parse(world.database.sql(
  `SELECT coalesce(json_agg(to_jsonb(${table})
	ORDER BY ${ORDER[table] ?? '1'}), '[]') FROM ${from(table, caseId)}`)
  .replaceAll(/: (\d{16,})/g, ': "$1"'));

const readRows = (world, caseId) => Object.fromEntries(TABLES.map((table) =>
  [table, readTable(world, table, caseId)]));

const column = (rows, name) => rows.map((row) => row[name]);

// Rows of a case and their bytes, by table.
const sizes = (world, caseId) => world.database.sql(TABLES.map((table) =>
  `SELECT '${table}', count(*), sum(pg_column_size(${table}))
	FROM ${from(table, caseId)}`).join(' UNION ALL '));

// `made` has as many rows as the hub's case, of the same sizes.
function proveSame(world, caseId, made) {
  const [hub, own] = [caseId, made].map((one) => sizes(world, one));
  if (hub !== own) {
    throw new Error(`the baseline writes other rows:\n${hub}\n\n${own}`);
  }
}

// bench.NAME(): inserts what the hub wrote for the case `caseId`, which nobody
// has answered.
function installCase(world, name, caseId) {
  const rows = readRows(world, caseId);
  const pattern = new Pattern({});
  pattern.make([caseId, ...column(rows.disputed_txn, 'txn_id'),
    ...column(rows.freeze_request, 'request_id'),
    ...column(rows.target, 'target_id'),
    ...column(rows.message, 'message_id')]);
  world.database.sql(pattern.procedure(name, {
    body: TABLES.map((table) => pattern.insert(table, rows[table])).join(''),
  }));
  world.database.sql(`SELECT bench.${name}()`, 'hub');
  proveSame(world, caseId, world.database.sql(`SELECT case_id FROM case_file
	WHERE ref LIKE '%-BNCH-%' ORDER BY case_id DESC LIMIT 1`));
}

// SET of what differs between two versions of a row.
const changes = (pattern, before, after) => Object.keys(after)
  .filter((name) =>
    JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  .map((name) => `${name} = ${name === 'row_version' ? 'row_version + 1'
    : pattern.value(name, after[name])}`).join(', ');

// bench.post_answer(): as the hub took the first answer of a case, to the
// target `targetId`; `before` and `after` are all its rows.  It answers the
// targets of bench.unanswered, one after another.
function installAnswer(world, before, after, targetId) {
  const [{ case_id: caseId }] = after.case_file;
  const find = (rows) => rows.target.find((row) => row.target_id === targetId);
  const pattern = new Pattern({ [caseId]: 'w.case_id',
    [targetId]: 'w.target_id', [find(after).request_id]: 'w.request_id' });
  const added = Object.fromEntries(TABLES.map((table) => [table,
    after[table].slice(before[table].length)]));
  const ofCase = column(added.event.filter((row) => row.machine === 'case'),
    'event_id');
  const insert = (isWanted, tables) => tables.map((table) => pattern
    .insert(table, added[table].filter((row) =>
      ofCase.includes(row.event_id) === isWanted))).join('');

  pattern.make([...column(added.response, 'response_id'),
    ...column(added.message, 'message_id')]);
  world.database.sql(`
CREATE TABLE bench.unanswered (
	number bigserial PRIMARY KEY,
	target_id uuid NOT NULL,
	case_id uuid NOT NULL,
	request_id uuid NOT NULL
);
CREATE SEQUENCE bench.next_answer;
GRANT SELECT, INSERT ON bench.unanswered TO freezeline_hub;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA bench TO freezeline_hub;
${pattern.procedure('post_answer', {
  declare: `	this bigint := nextval('bench.next_answer');
	w bench.unanswered;
	old text;`,
  body: `	SELECT * INTO STRICT w FROM bench.unanswered u WHERE u.number = this;
	SELECT c.status INTO STRICT old FROM case_file c
	 WHERE c.case_id = w.case_id FOR NO KEY UPDATE;
	UPDATE case_file SET ${
  changes(pattern, before.case_file[0], after.case_file[0])}
	 WHERE case_id = w.case_id;
	UPDATE target SET ${changes(pattern, find(before), find(after))}
	 WHERE target_id = w.target_id;
	IF old = 'dispatched' THEN
${insert(true, ['event', 'event_value'])}	END IF;
${insert(false, ['response', 'event', 'event_value', 'message', 'outbox',
    'idempotency'])}`,
})}`);
}

// bench.post_case() as the hub took the case `four`; bench.make_unanswered()
// as it took `waiting`, and bench.post_answer() as it then takes the answer
// that `respond(target)` gives.
async function install(world, { four, waiting, respond }) {
  const first = world.database.sql(`SELECT target_id FROM target
	WHERE case_id = '${waiting}' ORDER BY position LIMIT 1`);

  world.database.sql(`CREATE SCHEMA bench;
GRANT USAGE ON SCHEMA bench TO freezeline_hub`);
  installCase(world, 'post_case', four);
  installCase(world, 'make_unanswered', waiting);
  const before = readRows(world, waiting);
  await respond(first);
  installAnswer(world, before, readRows(world, waiting), first);
  world.database.sql(`INSERT INTO bench.unanswered (target_id, case_id,
	request_id) SELECT target_id, case_id, request_id
	FROM target JOIN case_file USING (case_id) WHERE ref LIKE '%-BNCH-%'
	ORDER BY case_id DESC, position LIMIT 1`);
  world.database.sql('SELECT bench.post_answer()', 'hub');
  proveSame(world, waiting, world.database.sql(
    'SELECT case_id FROM bench.unanswered'));
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
