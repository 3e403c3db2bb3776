-- The foundation: registry, cases, requests, targets, answers, the timeline,
-- messages and their delivery.  Run by freezeline_owner in one transaction;
-- the hub works as freezeline_hub with the rights granted at the end.
--
-- Sealed columns hold AES-256-GCM under the case's data key (case_file.data_key,
-- itself wrapped) or, where there is no case, under a hub data key.  They do
-- not compress: a toast_tuple_target above the usual 2 kB spares the attempt.

CREATE TABLE schema_migration (
	version    integer     PRIMARY KEY,
	name       text        NOT NULL,
	sha256     text        NOT NULL,
	applied_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE schema_migration IS
    'What freezeline migrate applied, with the SHA-256 of each file';

-- ---------------------------------------------------------------- registry

CREATE TABLE registry_version (
	only_row   boolean PRIMARY KEY DEFAULT true,
	version    bigint  NOT NULL DEFAULT 0,
	CONSTRAINT registry_version_one_row CHECK (only_row)
);
COMMENT ON TABLE registry_version IS
    'Raised by every change of the registry, so that each hub sees within a second that its view is old';
INSERT INTO registry_version DEFAULT VALUES;

CREATE TABLE institution (
	institution_id uuid        PRIMARY KEY,
	slug           text        NOT NULL,
	name           text        NOT NULL,
	kind           text        NOT NULL,
	country        text        NOT NULL,
	region         text        NOT NULL DEFAULT '',
	profile        text        NOT NULL,
	phone          text        NOT NULL DEFAULT '',
	parent_id      uuid        REFERENCES institution,
	status         text        NOT NULL,
	proposed_by    uuid,
	confirmed_by   uuid,
	created_at     timestamptz NOT NULL,
	active_from    timestamptz,
	row_version    bigint      NOT NULL DEFAULT 1,
	CONSTRAINT institution_slug_unique UNIQUE (slug),
	CONSTRAINT institution_slug_form CHECK (slug ~ '^[a-z][a-z0-9_]{1,62}$'),
	CONSTRAINT institution_kind_known CHECK (kind IN ('police_unit', 'bank',
	    'wallet', 'telco', 'payment_gateway', 'ecommerce', 'vasp', 'fiu',
	    'regulator', 'auditor', 'hub')),
	CONSTRAINT institution_country_form CHECK (country ~ '^[A-Z]{2}$'),
	CONSTRAINT institution_status_known
	    CHECK (status IN ('proposed', 'active', 'suspended')),
	CONSTRAINT institution_two_people CHECK (confirmed_by <> proposed_by)
);
COMMENT ON TABLE institution IS
    'Who takes part: police units, banks, wallets, telcos, gateways, marketplaces and the hub itself';
COMMENT ON COLUMN institution.phone IS
    'Duty phone of the institution, shown to the officer when delivery fails; not a person''s number';
COMMENT ON COLUMN institution.active_from IS
    'Confirmation plus registry_delay_seconds; before it the row has no effect';

CREATE TABLE institution_route (
	scheme         text NOT NULL,
	value          text NOT NULL,
	institution_id uuid NOT NULL REFERENCES institution,
	PRIMARY KEY (scheme, value),
	CONSTRAINT institution_route_scheme_known CHECK (scheme IN
	    ('ifsc_bank', 'upi_handle', 'bic', 'iin', 'lei', 'mcc_mnc', 'domain',
	     'wallet_provider', 'iban_bank', 'aba', 'sort_code'))
);
COMMENT ON TABLE institution_route IS
    'Which institution an identifier belongs to, by the routing part of the identifier';

CREATE TABLE principal (
	principal_id   uuid        PRIMARY KEY,
	institution_id uuid        NOT NULL REFERENCES institution,
	role           text        NOT NULL,
	name           text        NOT NULL,
	rank           text        NOT NULL DEFAULT '',
	status         text        NOT NULL,
	valid_from     timestamptz NOT NULL,
	valid_until    timestamptz NOT NULL,
	proposed_by    uuid,
	confirmed_by   uuid,
	created_at     timestamptz NOT NULL,
	active_from    timestamptz,
	row_version    bigint      NOT NULL DEFAULT 1,
	CONSTRAINT principal_role_known CHECK (role IN
	    ('officer', 'supervisor', 'nodal', 'auditor', 'admin', 'service')),
	CONSTRAINT principal_status_known
	    CHECK (status IN ('proposed', 'active', 'suspended')),
	CONSTRAINT principal_two_people CHECK (confirmed_by <> proposed_by),
	CONSTRAINT principal_span CHECK (valid_from < valid_until)
);
COMMENT ON TABLE principal IS
    'People and machines that act; role, institution and rank are these, never what a certificate''s subject says';
CREATE INDEX principal_by_institution ON principal (institution_id);

CREATE TABLE certificate (
	spki_sha256  bytea       PRIMARY KEY,
	principal_id uuid        NOT NULL REFERENCES principal,
	fingerprint  bytea       NOT NULL,
	serial       text        NOT NULL,
	not_after    timestamptz NOT NULL,
	enrolled_at  timestamptz NOT NULL,
	revoked_at   timestamptz,
	revoked_by   uuid,
	CONSTRAINT certificate_spki_size CHECK (octet_length(spki_sha256) = 32),
	CONSTRAINT certificate_fingerprint_size CHECK (octet_length(fingerprint) = 32)
);
COMMENT ON TABLE certificate IS
    'Client certificates by the SHA-256 of their public key; one key belongs to one principal for ever';
CREATE INDEX certificate_by_principal ON certificate (principal_id);

CREATE TABLE hub_data_key (
	key_no     integer     PRIMARY KEY,
	wrapped    bytea       NOT NULL,
	created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE hub_data_key IS
    'Data keys, wrapped by the key-encryption key, for what belongs to no case';

CREATE TABLE endpoint (
	endpoint_id     uuid        PRIMARY KEY,
	endpoint_no     integer     GENERATED ALWAYS AS IDENTITY UNIQUE,
	institution_id  uuid        NOT NULL REFERENCES institution,
	kind            text        NOT NULL,
	url             text        NOT NULL DEFAULT '',
	adapter         text        NOT NULL DEFAULT 'json',
	shard           smallint    GENERATED ALWAYS AS ((endpoint_no % 64)::smallint) STORED,
	max_batch       smallint    NOT NULL DEFAULT 1,
	concurrency     smallint    NOT NULL DEFAULT 8,
	allow_private   boolean     NOT NULL DEFAULT false,
	pinned_key      text        NOT NULL DEFAULT '',
	status          text        NOT NULL,
	proposed_by     uuid,
	confirmed_by    uuid,
	created_at      timestamptz NOT NULL,
	active_from     timestamptz,
	row_version     bigint      NOT NULL DEFAULT 1,
	CONSTRAINT endpoint_kind_known
	    CHECK (kind IN ('webhook', 'inbox', 'smtp', 'http_template')),
	CONSTRAINT endpoint_webhook_https
	    CHECK (kind <> 'webhook' OR url LIKE 'https://%'),
	CONSTRAINT endpoint_max_batch_range CHECK (max_batch BETWEEN 1 AND 64),
	CONSTRAINT endpoint_concurrency_range CHECK (concurrency BETWEEN 1 AND 64),
	CONSTRAINT endpoint_status_known
	    CHECK (status IN ('proposed', 'active', 'suspended')),
	CONSTRAINT endpoint_two_people CHECK (confirmed_by <> proposed_by)
);
COMMENT ON TABLE endpoint IS
    'Where an institution''s messages go; every institution has at least one, an inbox if nothing else';
COMMENT ON COLUMN endpoint.endpoint_no IS 'Short number for the hot delivery tables';
COMMENT ON COLUMN endpoint.allow_private IS
    'The receiver may have a private or loopback address (egress guard); two people decide that';
CREATE INDEX endpoint_by_institution ON endpoint (institution_id);

CREATE TABLE endpoint_key (
	key_id      uuid        PRIMARY KEY,
	endpoint_id uuid        NOT NULL REFERENCES endpoint,
	algorithm   text        NOT NULL,
	key_no      integer     NOT NULL REFERENCES hub_data_key,
	secret      bytea       NOT NULL,
	sign_from   timestamptz NOT NULL,
	sign_until  timestamptz,
	CONSTRAINT endpoint_key_algorithm_known CHECK (algorithm IN ('v1', 'v1a'))
);
COMMENT ON TABLE endpoint_key IS
    'Signing secrets of an endpoint, sealed with a hub data key, with the key id as associated data';
CREATE INDEX endpoint_key_by_endpoint ON endpoint_key (endpoint_id);

-- ------------------------------------------------------- allowed moves

CREATE TABLE allowed_move (
	machine     text NOT NULL,
	from_status text NOT NULL,
	move        text NOT NULL,
	to_status   text NOT NULL,
	PRIMARY KEY (machine, from_status, move, to_status)
);
COMMENT ON TABLE allowed_move IS
    'The state machines as data; the same tables stand in hub/domain and a test holds them against each other. from_status "new" is: not there yet';

-- ---------------------------------------------------------------- cases

CREATE SEQUENCE case_number;
CREATE SEQUENCE batch_number;
COMMENT ON SEQUENCE batch_number IS
    'One number a transaction of a desk: event ids and outbox seqs are batch_number * 65536 + n';

CREATE TABLE case_file (
	case_id        uuid        PRIMARY KEY,
	ref            text        NOT NULL,
	unit_id        uuid        NOT NULL,
	created_by     uuid        NOT NULL,
	status         text        NOT NULL,
	outcome        text,
	typology       text        NOT NULL,
	authorised     text        NOT NULL,
	profile        text        NOT NULL,
	priority       text        NOT NULL,
	currency       text        NOT NULL,
	loss_minor     bigint      NOT NULL,
	report_channel text        NOT NULL,
	language       text        NOT NULL DEFAULT '',
	occurred_at    timestamptz NOT NULL,
	reported_at    timestamptz NOT NULL,
	received_at    timestamptz NOT NULL,
	updated_at     timestamptz NOT NULL,
	data_key       bytea       NOT NULL,
	complainant    bytea,
	narrative      bytea,
	row_version    bigint      NOT NULL DEFAULT 1,
	CONSTRAINT case_file_ref_unique UNIQUE (ref),
	CONSTRAINT case_file_loss_positive CHECK (loss_minor > 0),
	CONSTRAINT case_file_priority_known CHECK (priority IN ('p1', 'p2', 'p3')),
	CONSTRAINT case_file_authorised_known
	    CHECK (authorised IN ('yes', 'no', 'unknown'))
) WITH (fillfactor = 85);
COMMENT ON TABLE case_file IS
    'One complaint. "case" is a word of SQL, hence the name';
COMMENT ON COLUMN case_file.data_key IS
    'The key of everything sealed of this case, wrapped by the key-encryption key; destroying it erases the case';
COMMENT ON COLUMN case_file.complainant IS 'Sealed JSON: name, msisdn, email, address';
COMMENT ON COLUMN case_file.row_version IS
    'Raised by every command on the case, also on its targets: the case''s ETag';
CREATE INDEX case_file_by_unit ON case_file (unit_id, received_at DESC, case_id);

CREATE TABLE external_ref (
	case_id    uuid     NOT NULL,
	position   smallint NOT NULL,
	scheme     text     NOT NULL,
	value_hash bytea    NOT NULL,
	sealed     bytea    NOT NULL,
	PRIMARY KEY (case_id, position)
);
COMMENT ON TABLE external_ref IS
    'Numbers of the case in other systems: NCRP acknowledgement, IC3 id …';
COMMENT ON COLUMN external_ref.value_hash IS
    'HMAC of (scheme, value): look-up without the value';
COMMENT ON COLUMN external_ref.sealed IS 'Sealed: the value';
CREATE INDEX external_ref_by_value ON external_ref (value_hash);

CREATE TABLE disputed_txn (
	txn_id         uuid        PRIMARY KEY,
	case_id        uuid        NOT NULL REFERENCES case_file,
	position       smallint    NOT NULL,
	parent_id      uuid,
	layer          smallint    NOT NULL,
	channel        text        NOT NULL,
	mcc            text        NOT NULL DEFAULT '',
	amount_minor   bigint      NOT NULL,
	currency       text        NOT NULL,
	occurred_at    timestamptz NOT NULL,
	reference_hash bytea,
	sealed         bytea       NOT NULL,
	CONSTRAINT disputed_txn_amount_positive CHECK (amount_minor > 0),
	CONSTRAINT disputed_txn_layer_range CHECK (layer BETWEEN 1 AND 32)
);
COMMENT ON TABLE disputed_txn IS
    'A payment that the victim disputes, or a hop behind it';
COMMENT ON COLUMN disputed_txn.sealed IS 'Sealed JSON: reference, from, to';
CREATE INDEX disputed_txn_by_case ON disputed_txn (case_id, position);
CREATE INDEX disputed_txn_by_reference ON disputed_txn (reference_hash)
    WHERE reference_hash IS NOT NULL;

CREATE TABLE freeze_request (
	request_id     uuid        PRIMARY KEY,
	case_id        uuid        NOT NULL REFERENCES case_file,
	position       smallint    NOT NULL,
	generation     integer     NOT NULL DEFAULT 1,
	action         text        NOT NULL,
	scope          text        NOT NULL,
	priority       text        NOT NULL,
	basis          text        NOT NULL,
	profile        text        NOT NULL,
	successor      text        NOT NULL,
	reason         bytea,
	status         text        NOT NULL,
	desired_status text        NOT NULL,
	is_emergency   boolean     NOT NULL DEFAULT false,
	requested_by   uuid        NOT NULL,
	approved_by    uuid,
	issued_at      timestamptz,
	confirm_by     timestamptz,
	expires_at     timestamptz NOT NULL,
	created_at     timestamptz NOT NULL,
	row_version    bigint      NOT NULL DEFAULT 1,
	CONSTRAINT freeze_request_generation_positive CHECK (generation > 0),
	CONSTRAINT freeze_request_two_people CHECK (approved_by <> requested_by)
) WITH (fillfactor = 85);
COMMENT ON TABLE freeze_request IS
    'What one officer asks of several institutions under one authority';
COMMENT ON COLUMN freeze_request.reason IS 'Sealed: the officer''s words';
COMMENT ON COLUMN freeze_request.profile IS
    'Legal profile with its version date, as NAME@YYYY-MM-DD';
CREATE INDEX freeze_request_by_case ON freeze_request (case_id, position);

-- The four hot tables (target, event, message, outbox) carry no foreign keys
-- to each other: they cost a third of the rate.  `freezeline check --integrity`
-- proves the same by anti-joins.
CREATE TABLE target (
	target_id        uuid        PRIMARY KEY,
	case_id          uuid        NOT NULL,
	request_id       uuid        NOT NULL,
	institution_id   uuid        NOT NULL,
	txn_id           uuid,
	parent_id        uuid,
	duplicate_of     uuid,
	position         integer     NOT NULL,
	layer            smallint    NOT NULL,
	generation       integer     NOT NULL DEFAULT 1,
	status           text        NOT NULL,
	identifier_type  text        NOT NULL,
	identifier_mask  text        NOT NULL,
	identifier_hash  bytea       NOT NULL,
	dedupe_hash      bytea       NOT NULL,
	sealed           bytea       NOT NULL,
	requested_minor  bigint      NOT NULL,
	held_minor       bigint      NOT NULL DEFAULT 0,
	currency         text        NOT NULL,
	response_code    text,
	hold_ref         bytea,
	held_at          timestamptz,
	expires_at       timestamptz,
	eta              timestamptz,
	queued_at        timestamptz,
	sent_at          timestamptz,
	delivered_at     timestamptz,
	acknowledged_at  timestamptz,
	answered_at      timestamptz,
	correct_until    timestamptz,
	reminders        smallint    NOT NULL DEFAULT 0,
	created_at       timestamptz NOT NULL,
	updated_at       timestamptz NOT NULL,
	row_version      bigint      NOT NULL DEFAULT 1,
	reduce_to_minor  bigint      NOT NULL DEFAULT 0,
	CONSTRAINT target_reduction_positive CHECK (reduce_to_minor >= 0),
	CONSTRAINT target_amount_positive CHECK (requested_minor > 0),
	CONSTRAINT target_held_in_request
	    CHECK (held_minor BETWEEN 0 AND requested_minor),
	CONSTRAINT target_layer_range CHECK (layer BETWEEN 1 AND 32),
	CONSTRAINT target_hold_expires
	    CHECK (status NOT IN ('held_full', 'held_partial') OR expires_at IS NOT NULL)
) WITH (fillfactor = 75);
COMMENT ON TABLE target IS
    'One identifier at one institution to be acted on';
COMMENT ON COLUMN target.sealed IS 'Sealed JSON: identifier, holder';
COMMENT ON COLUMN target.hold_ref IS
    'Sealed: the responder''s reference of the hold, in its own words';
COMMENT ON COLUMN target.reduce_to_minor IS
    'What the hold is ordered to be reduced to; held_minor follows when the institution confirms. 0: nothing is ordered';
COMMENT ON COLUMN target.identifier_hash IS
    'HMAC of the canonical identifier: look-up without the value';
COMMENT ON COLUMN target.dedupe_hash IS
    'HMAC of (txn reference, identifier, institution): one live target for each';
CREATE INDEX target_by_case ON target (case_id, position);
CREATE INDEX target_by_request ON target (request_id);
CREATE INDEX target_by_institution ON target (institution_id, created_at DESC, target_id);
CREATE INDEX target_by_identifier ON target (identifier_hash);
-- Not only of live ones: a status in the predicate would keep every move of
-- a target from being a heap-only update, at the price of all its indexes.
CREATE INDEX target_by_dedupe ON target (dedupe_hash);

CREATE TABLE response (
	response_id    uuid        PRIMARY KEY,
	case_id        uuid        NOT NULL REFERENCES case_file,
	target_id      uuid        NOT NULL,
	generation     integer     NOT NULL,
	code           text        NOT NULL,
	principal_id   uuid        NOT NULL,
	institution_id uuid        NOT NULL,
	spki_sha256    bytea       NOT NULL,
	held_minor     bigint      NOT NULL DEFAULT 0,
	received_at    timestamptz NOT NULL,
	sealed         bytea       NOT NULL
);
COMMENT ON TABLE response IS
    'The nodal officers'' answers, append-only, bound to the certificate that gave them';
COMMENT ON COLUMN response.sealed IS 'Sealed: the answer''s JSON as it was received';
CREATE INDEX response_by_target ON response (target_id, received_at);

CREATE TABLE lead (
	lead_id         uuid        PRIMARY KEY,
	case_id         uuid        NOT NULL REFERENCES case_file,
	response_id     uuid        NOT NULL,
	target_id       uuid        NOT NULL,
	child_target_id uuid,
	code            text        NOT NULL,
	amount_minor    bigint      NOT NULL,
	currency        text        NOT NULL,
	created_at      timestamptz NOT NULL
);
COMMENT ON TABLE lead IS
    'Where a responder says the money went on: an onward account (then there is a child target) or an exit channel';
CREATE INDEX lead_by_target ON lead (target_id);

CREATE TABLE idempotency (
	principal_id uuid        NOT NULL,
	key          text        NOT NULL,
	fingerprint  bytea       NOT NULL,
	case_id      uuid,
	key_no       integer,
	status       smallint    NOT NULL,
	location     text        NOT NULL DEFAULT '',
	reply        bytea       NOT NULL,
	created_at   timestamptz NOT NULL,
	PRIMARY KEY (principal_id, key),
	CONSTRAINT idempotency_key_size CHECK (octet_length(key) BETWEEN 1 AND 255)
) WITH (toast_tuple_target = 8160);
COMMENT ON TABLE idempotency IS
    'Replies by (principal, Idempotency-Key), in the same transaction as what they tell of; sealed with the case''s key, or the hub data key key_no';
CREATE INDEX idempotency_by_age ON idempotency (created_at);

-- ---------------------------------------------------------------- timeline

CREATE TABLE event (
	event_id    bigint      NOT NULL,
	recorded_at timestamptz NOT NULL,
	happened_at timestamptz NOT NULL,
	case_id     uuid,
	type        text        NOT NULL,
	actor_id    uuid,
	subject_id  uuid,
	machine     text,
	from_status text,
	move        text,
	to_status   text,
	leaf        bytea       NOT NULL,
	PRIMARY KEY (event_id, recorded_at),
	CONSTRAINT event_move_allowed
	    FOREIGN KEY (machine, from_status, move, to_status) REFERENCES allowed_move,
	CONSTRAINT event_move_whole
	    CHECK (num_nulls(machine, from_status, move, to_status) IN (0, 4))
) PARTITION BY RANGE (recorded_at);
COMMENT ON TABLE event IS
    'The timeline: append-only, each row a leaf of the Merkle tree';
COMMENT ON COLUMN event.leaf IS
    'RFC 8785 JSON: v, event_id, case, type, actor, happened_at, recorded_at, commitments';
COMMENT ON COLUMN event.actor_id IS 'NULL: the hub itself';
CREATE INDEX event_by_case ON event (case_id, event_id);

CREATE TABLE event_value (
	event_id bigint PRIMARY KEY,
	case_id  uuid,
	key_no   integer,
	sealed   bytea  NOT NULL
);
COMMENT ON TABLE event_value IS
    'What an event''s commitments commit to: sealed JSON list of field, salt and value; deleted only by erase_case()';
CREATE INDEX event_value_by_case ON event_value (case_id);

CREATE TABLE event_leaf (
	leaf_index  bigint      PRIMARY KEY,
	event_id    bigint      NOT NULL,
	recorded_at timestamptz NOT NULL,
	case_id     uuid,
	CONSTRAINT event_leaf_event_unique UNIQUE (event_id)
);
COMMENT ON TABLE event_leaf IS
    'The public order of everything, without gaps, given by the sequencer to committed events';
CREATE INDEX event_leaf_by_case ON event_leaf (case_id, leaf_index);

CREATE TABLE sequencer_floor (
	only_row boolean PRIMARY KEY DEFAULT true,
	event_id bigint  NOT NULL DEFAULT 0,
	CONSTRAINT sequencer_floor_one_row CHECK (only_row)
);
COMMENT ON TABLE sequencer_floor IS
    'Below this event id every event has its leaf and no transaction can add one';
INSERT INTO sequencer_floor DEFAULT VALUES;

CREATE TABLE lease (
	name       text        PRIMARY KEY,
	owner      uuid,
	epoch      bigint      NOT NULL DEFAULT 0,
	expires_at timestamptz NOT NULL DEFAULT '-infinity'
);
COMMENT ON TABLE lease IS
    'Work that one node does at a time; what the owner writes is fenced by the epoch';
INSERT INTO lease (name) VALUES ('sequencer'), ('clerk');

-- ---------------------------------------------------------------- delivery

CREATE TABLE message (
	message_id     uuid        NOT NULL,
	created_at     timestamptz NOT NULL,
	seq            bigint      NOT NULL,
	case_id        uuid,
	key_no         integer,
	institution_id uuid        NOT NULL,
	endpoint_no    integer     NOT NULL,
	request_id     uuid,
	generation     integer     NOT NULL,
	type           text        NOT NULL,
	target_ids     uuid[]      NOT NULL,
	sealed         bytea       NOT NULL,
	PRIMARY KEY (message_id, created_at)
) PARTITION BY RANGE (created_at);
COMMENT ON TABLE message IS
    'One envelope to one endpoint: its bytes never change, each attempt signs them anew';
CREATE INDEX message_by_case ON message (case_id);

CREATE TABLE outbox (
	seq         bigint      PRIMARY KEY,
	endpoint_no integer     NOT NULL,
	shard       smallint    NOT NULL,
	priority    smallint    NOT NULL,
	message_id  uuid        NOT NULL,
	message_at  timestamptz NOT NULL,
	created_at  timestamptz NOT NULL,
	escalate_at timestamptz NOT NULL,
	CONSTRAINT outbox_priority_range CHECK (priority BETWEEN 0 AND 2)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000,
	autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE outbox IS
    'Messages that no attempt has been recorded for; priority 0 freeze and release, 1 status, 2 bulk';
CREATE INDEX outbox_by_endpoint ON outbox (endpoint_no, priority, seq);

CREATE TABLE outbox_retry (
	seq         bigint      PRIMARY KEY,
	endpoint_no integer     NOT NULL,
	shard       smallint    NOT NULL,
	priority    smallint    NOT NULL,
	message_id  uuid        NOT NULL,
	message_at  timestamptz NOT NULL,
	created_at  timestamptz NOT NULL,
	escalate_at timestamptz NOT NULL,
	attempts    integer     NOT NULL,
	next_at     timestamptz NOT NULL,
	level       smallint    NOT NULL DEFAULT 0,
	last_code   integer     NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000,
	autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE outbox_retry IS
    'Messages that failed at least once or were late without an attempt; a row leaves by 2xx or an inbox checkpoint';
COMMENT ON COLUMN outbox_retry.last_code IS
    'HTTP status of the last attempt; 0: there was no response';
CREATE INDEX outbox_retry_by_endpoint ON outbox_retry (endpoint_no, priority, seq);
CREATE INDEX outbox_retry_due ON outbox_retry (endpoint_no, priority, next_at);
CREATE INDEX outbox_retry_late ON outbox_retry (escalate_at) WHERE level = 0;

CREATE TABLE attempt (
	at              timestamptz NOT NULL,
	seq             bigint      NOT NULL,
	message_id      uuid        NOT NULL,
	endpoint_no     integer     NOT NULL,
	n               integer     NOT NULL,
	status          integer     NOT NULL,
	error           text        NOT NULL DEFAULT '',
	milliseconds    integer     NOT NULL,
	remote          text        NOT NULL DEFAULT '',
	response_length integer     NOT NULL DEFAULT 0,
	response_sha256 bytea,
	key_ids         text        NOT NULL DEFAULT ''
) PARTITION BY RANGE (at);
COMMENT ON TABLE attempt IS 'Each try to deliver a message; append-only';
CREATE INDEX attempt_by_message ON attempt (message_id);
-- For the reports that a take-over repeats: costs an insert next to nothing.
CREATE INDEX attempt_by_time ON attempt USING brin (at);

CREATE TABLE shard_lease (
	shard      smallint    PRIMARY KEY,
	owner      uuid,
	epoch      bigint      NOT NULL DEFAULT 0,
	expires_at timestamptz NOT NULL DEFAULT '-infinity'
);
COMMENT ON TABLE shard_lease IS
    'Which node delivers to the endpoints of a shard; completions are fenced by the epoch';
INSERT INTO shard_lease (shard) SELECT generate_series(0, 63);

-- ------------------------------------------------------------ partitions

-- Makes the partitions of a table for the last, the present and the next three periods.
CREATE FUNCTION make_partitions() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	made integer := 0;
	t record;
	low timestamptz;
	high timestamptz;
	part text;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtextextended('make_partitions', 0));
	FOR t IN SELECT * FROM (VALUES ('event', 'month'), ('message', 'month'),
	    ('attempt', 'day')) AS v (name, span) LOOP
		FOR n IN -1..3 LOOP
			low := date_trunc(t.span, now(), 'UTC') + n * ('1 ' || t.span)::interval;
			low := date_trunc(t.span, low, 'UTC');
			high := date_trunc(t.span, low + ('1 ' || t.span)::interval
			    + interval '12 hours', 'UTC');
			part := t.name || '_' || to_char(low AT TIME ZONE 'UTC', 'YYYYMMDD');
			CONTINUE WHEN to_regclass(part) IS NOT NULL;
			EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L) '
			    'WITH (toast_tuple_target = 8160)', part, t.name, low, high);
			made := made + 1;
		END LOOP;
	END LOOP;
	RETURN made;
END $$;
COMMENT ON FUNCTION make_partitions IS
    'Makes missing partitions, three periods ahead; the hub calls it at start and every hour';
CREATE TABLE event_default PARTITION OF event DEFAULT;
COMMENT ON TABLE event_default IS 'Must stay empty: a row here means make_partitions() did not run';
CREATE TABLE message_default PARTITION OF message DEFAULT;
COMMENT ON TABLE message_default IS 'Must stay empty: a row here means make_partitions() did not run';
CREATE TABLE attempt_default PARTITION OF attempt DEFAULT;
COMMENT ON TABLE attempt_default IS 'Must stay empty: a row here means make_partitions() did not run';
SELECT make_partitions();

-- ------------------------------------------------------------ append-only

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
	    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_leaf_append_only BEFORE UPDATE OR DELETE ON event_leaf
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER response_append_only BEFORE UPDATE OR DELETE ON response
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attempt_append_only BEFORE UPDATE OR DELETE ON attempt
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Called by a guard statement whose UPDATE hit fewer rows than it must.
CREATE FUNCTION must_equal(got bigint, wanted bigint, what text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	IF got IS DISTINCT FROM wanted THEN
		RAISE EXCEPTION '%: % rows instead of %', what, got, wanted
		    USING ERRCODE = 'serialization_failure';
	END IF;
END $$;
COMMENT ON FUNCTION must_equal IS
    'An UPDATE that hits no row is no error by itself, and the COMMIT behind it would go through';

-- Called by a statement whose UPDATE must hit a row that still waits for it.
CREATE FUNCTION refuse_unless(is_right boolean, why text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	IF is_right IS NOT TRUE THEN
		RAISE EXCEPTION '%', why
		    USING ERRCODE = 'check_violation', CONSTRAINT = why;
	END IF;
END $$;
COMMENT ON FUNCTION refuse_unless IS
    'Refuses as the constraint named `why` would';

-- The targets that a batch names: by themselves, by their requests or by
-- messages of an institution.  Message ids are UUIDv7, so their creation lies
-- near the times in them: `low` and `high` prune the partitions.
CREATE FUNCTION batch_targets(targets uuid[], requests uuid[], messages uuid[],
    institutions uuid[], low timestamptz, high timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE AS $$
	SELECT unnest(targets)
	 UNION
	SELECT t.target_id
	  FROM target t
	 WHERE t.request_id = ANY (requests)
	 UNION
	SELECT unnest(m.target_ids)
	  FROM unnest(messages, institutions) AS k (message_id, institution_id)
	  JOIN message m USING (message_id, institution_id)
	 WHERE m.created_at BETWEEN low AND high
$$;
COMMENT ON FUNCTION batch_targets IS
    'What a desk''s load takes as the targets of its batch; inlined by the planner';

-- ---------------------------------------------------------------- rights

GRANT USAGE ON SCHEMA public TO freezeline_hub;
GRANT SELECT, INSERT, UPDATE ON registry_version, institution, institution_route,
    principal, certificate, endpoint, endpoint_key, case_file, freeze_request, target, lease, shard_lease, sequencer_floor TO freezeline_hub;
GRANT SELECT, INSERT ON hub_data_key, external_ref, disputed_txn, response, lead, event, event_value,
    event_leaf, message, attempt TO freezeline_hub;
GRANT SELECT, INSERT, DELETE ON idempotency TO freezeline_hub;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox, outbox_retry TO freezeline_hub;
GRANT SELECT ON schema_migration, allowed_move, event_default, message_default, attempt_default
    TO freezeline_hub;
GRANT USAGE ON SEQUENCE case_number, batch_number TO freezeline_hub;
GRANT EXECUTE ON FUNCTION make_partitions, must_equal, refuse_unless, batch_targets
    TO freezeline_hub;
