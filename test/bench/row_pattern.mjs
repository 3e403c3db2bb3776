// Rows of a case as a pattern: the same rows again in PL/pgSQL, with ids,
// numbers, hashes and times of their own.  Of the schema it knows only what
// the columns' names and types say, so that new tables and columns come along.

// What a call makes anew, by column.
const FRESH = {
  ref: "'IN-KL-BNCH-' || (1000000 + nextval('case_number'))::text || 'B'",
  key: 'gen_random_uuid()::text',
};
const RANDOM_HASH =
  'uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())';
const isHash = (name) => /_hash$|^fingerprint$/.test(name);
const isNumbered = (name) => name === 'event_id' || name === 'seq';

// Twenty-eight digits of a UUIDv7 (RFC 9562), as the hub's: the last four
// number what one call makes.
const BASE = `lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0')
	    || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14, 15)`;

const literal = (text) => `'${text.replaceAll("'", "''")}'`;

// Microseconds of a timestamptz as JSON has it.
function micros(text) {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? [];
  return BigInt(Date.parse(text.replace(/\.\d+/, ''))) * 1000n +
    BigInt(fraction.padEnd(6, '0'));
}

// The tables that hold rows of a case, in the order of their making, which no
// foreign key goes against: [{ name, types: { column: type }, key: [column] }].
// The sequencer's is not a desk's.
export const readSchema = (database) => JSON.parse(database.sql(`
SELECT json_agg(t) FROM (
SELECT c.relname AS name,
       (SELECT json_object_agg(a.attname, format_type(a.atttypid, NULL))
	  FROM pg_attribute a
	 WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS types,
       (SELECT json_agg(a.attname)
	  FROM pg_index i JOIN pg_attribute a
	    ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
	 WHERE i.indrelid = c.oid AND i.indisprimary) AS key
  FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
   AND NOT c.relispartition AND c.relname <> 'event_leaf'
   AND (c.relname = 'outbox' OR EXISTS (SELECT FROM pg_attribute a
	 WHERE a.attrelid = c.oid AND a.attname = 'case_id'))
 ORDER BY c.oid) t`));

const from = ({ name }, caseId) => name === 'outbox'
  ? `outbox JOIN message USING (message_id) WHERE case_id = '${caseId}'`
  : `${name} WHERE case_id = '${caseId}'`;

// { table: [row] } of a case; numbers beyond JavaScript's come as text.
export const readRows = (database, schema, caseId) => Object.fromEntries(
  schema.map((table) => [table.name, JSON.parse(database.sql(
    `SELECT coalesce(json_agg(to_jsonb(${table.name})
	ORDER BY to_jsonb(${table.name})), '[]') FROM ${from(table, caseId)}`)
    .replaceAll(/: (\d{16,})/g, ': "$1"'))]));

// How many rows of each table a case has, and their bytes.
export const readSizes = (database, schema, caseId) => database.sql(
  schema.map((table) => `SELECT '${table.name}', count(*),
	sum(pg_column_size(${table.name})) FROM ${from(table, caseId)}`)
    .join(' UNION ALL '));

// `origin`: when the pattern's call was, as its rows have it; `given`:
// { uuid: SQL } of rows that are there already.
export class Pattern {
  constructor(schema, origin, given = {}) {
    this.schema = schema;
    this.origin = micros(origin);
    this.ids = new Map(Object.entries(given));
    this.made = 0;
  }

  // The ids of rows that the function makes.
  make(rows) {
    for (const { name, types, key } of this.schema) {
      const column = key?.find((one) => types[one] === 'uuid');
      for (const row of column === undefined ? [] : rows[name]) {
        if (this.ids.has(row[column])) continue;
        this.ids.set(row[column], `id${this.made++}`);
      }
    }
  }

  time(value) {
    const late = micros(value) - this.origin;
    return late === 0n ? 'moment'
      : `moment + interval '${late} microseconds'`;
  }

  value(type, name, value) {
    if (value === null) return 'NULL';
    if (name in FRESH) return FRESH[name];
    if (isHash(name)) return RANDOM_HASH;
    if (isNumbered(name)) return `batch + ${BigInt(value) & 0xffffn}`;
    if (/^timestamp/.test(type)) return this.time(value);
    if (type === 'uuid[]') {
      return `ARRAY[${value.map((one) => this.value('uuid', '', one))}]::uuid[]`;
    }
    return this.ids.get(value) ?? literal(String(value));
  }

  // INSERT of rows: { table: [row] }.
  inserts(rows) {
    return this.schema.filter(({ name }) => rows[name]?.length > 0)
      .map(({ name, types }) => {
        const columns = Object.keys(rows[name][0]);
        const tuples = rows[name].map((row) => `(${columns.map((column) =>
          this.value(types[column], column, row[column])).join(', ')})`);
        return `	INSERT INTO ${name} (${columns.join(', ')}) VALUES
	    ${tuples.join(',\n\t    ')};\n`;
      }).join('');
  }

  // UPDATE of each row that stands in both and is not the same.
  updates(before, after) {
    return this.schema.flatMap(({ name, types, key }) => after[name]
      .map((row) => [before[name].find((old) => key?.every((column) =>
        old[column] === row[column])), row])
      .filter(([old]) => old !== undefined)
      .map(([old, row]) => [Object.keys(row).filter((column) =>
        JSON.stringify(old[column]) !== JSON.stringify(row[column])), row])
      .filter(([changed]) => changed.length > 0)
      .map(([changed, row]) => {
        const set = changed.map((column) => `${column} = ${
          column === 'row_version' ? 'row_version + 1'
            : this.value(types[column], column, row[column])}`);
        const where = key.map((column) => `${column} = ${
          this.value(types[column], column, row[column])}`);
        return `	UPDATE ${name} SET ${set.join(', ')}
	 WHERE ${where.join(' AND ')};\n`;
      })).join('');
  }

  // bench.NAME(): `declare` and `body` see `moment`, `batch` and the ids.
  procedure(name, { declare = '', body }) {
    const ids = Array.from({ length: this.made }, (_, n) =>
      `	id${n} uuid := (base || '${n.toString(16).padStart(4, '0')}')::uuid;`);
    return `CREATE FUNCTION bench.${name}() RETURNS void
LANGUAGE plpgsql AS $function$
DECLARE
	moment timestamptz := clock_timestamp();
	batch bigint := nextval('batch_number') * 65536;
	base text := ${BASE};
${ids.join('\n')}
${declare}
BEGIN
${body}END $function$;
`;
  }
}
