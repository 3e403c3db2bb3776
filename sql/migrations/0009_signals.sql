-- Risk signals from telcos to banks under recorded agreements, flagged
-- identifiers with their way out, and a bank's own pause of a payment.

CREATE TABLE agreement (
	agreement_id   uuid        PRIMARY KEY,
	source_id      uuid        NOT NULL REFERENCES institution,
	destination_id uuid        NOT NULL REFERENCES institution,
	purpose        text        NOT NULL,
	kinds          text        NOT NULL,
	valid_from     timestamptz NOT NULL,
	valid_until    timestamptz NOT NULL,
	status         text        NOT NULL,
	proposed_by    uuid        NOT NULL REFERENCES principal,
	confirmed_by   uuid        REFERENCES principal,
	withdrawn_by   uuid        REFERENCES principal,
	active_from    timestamptz,
	withdrawn_at   timestamptz,
	created_at     timestamptz NOT NULL,
	row_version    bigint      NOT NULL DEFAULT 1,
	CONSTRAINT agreement_status_known
	    CHECK (status IN ('proposed', 'active', 'withdrawn')),
	CONSTRAINT agreement_between_two CHECK (source_id <> destination_id),
	CONSTRAINT agreement_ends_after_it_begins CHECK (valid_until > valid_from),
	CONSTRAINT agreement_confirmed_by_another
	    CHECK (confirmed_by IS NULL OR confirmed_by <> proposed_by)
);
COMMENT ON TABLE agreement IS
    'What a telco may signal to a bank or wallet, and why: no signal flows without one';
COMMENT ON COLUMN agreement.kinds IS 'Kinds of signals, a space between two';

CREATE TABLE signal (
	signal_id       uuid        PRIMARY KEY,
	source_id       uuid        NOT NULL,
	sent_by         uuid        NOT NULL,
	kind            text        NOT NULL,
	identifier_type text        NOT NULL,
	identifier_mask text        NOT NULL,
	identifier_hash bytea       NOT NULL,
	observed_from   timestamptz NOT NULL,
	observed_until  timestamptz NOT NULL,
	expires_at      timestamptz NOT NULL,
	created_at      timestamptz NOT NULL,
	key_no          integer     NOT NULL,
	sealed          bytea       NOT NULL,
	CONSTRAINT signal_observed_in_order CHECK (observed_until >= observed_from),
	CONSTRAINT signal_expires CHECK (expires_at > created_at)
);
COMMENT ON TABLE signal IS
    'Risk signals about an identifier, which belong to no case; of no use when expired';
COMMENT ON COLUMN signal.sealed IS
    'Sealed with the hub data key key_no: the identifier, and what was observed';
CREATE INDEX signal_by_source ON signal (source_id, created_at, signal_id);
CREATE INDEX signal_by_identifier ON signal (identifier_hash);
CREATE TRIGGER signal_append_only BEFORE UPDATE OR DELETE ON signal
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE signal_recipient (
	signal_id      uuid        NOT NULL REFERENCES signal,
	institution_id uuid        NOT NULL,
	agreement_id   uuid        NOT NULL,
	created_at     timestamptz NOT NULL,
	PRIMARY KEY (institution_id, created_at, signal_id)
);
COMMENT ON TABLE signal_recipient IS
    'To whom a signal went, and by which agreement';
CREATE INDEX signal_recipient_by_signal ON signal_recipient (signal_id);
CREATE TRIGGER signal_recipient_append_only BEFORE UPDATE OR DELETE ON signal_recipient
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE watch_entry (
	watch_entry_id  uuid        PRIMARY KEY,
	institution_id  uuid        NOT NULL,
	created_by      uuid        NOT NULL,
	holder_id       uuid,
	source          text        NOT NULL,
	reason          text        NOT NULL,
	status          text        NOT NULL,
	identifier_type text        NOT NULL,
	identifier_mask text        NOT NULL,
	identifier_hash bytea       NOT NULL,
	expires_at      timestamptz NOT NULL,
	disputed_by     uuid,
	disputed_at     timestamptz,
	kept_by         uuid,
	created_at      timestamptz NOT NULL,
	updated_at      timestamptz NOT NULL,
	row_version     bigint      NOT NULL DEFAULT 1,
	key_no          integer     NOT NULL,
	sealed          bytea       NOT NULL,
	dispute_key_no  integer     NOT NULL DEFAULT 0,
	dispute         bytea,
	CONSTRAINT watch_entry_expires CHECK (expires_at > created_at)
) WITH (fillfactor = 85);
COMMENT ON TABLE watch_entry IS
    'Flagged identifiers: whose list, why, until when, and whether somebody objects';
COMMENT ON COLUMN watch_entry.institution_id IS 'Whose entry it is: the source of the flag';
COMMENT ON COLUMN watch_entry.holder_id IS
    'The institution that keeps the account, where the registry knows it: only it may dispute';
COMMENT ON COLUMN watch_entry.kept_by IS
    'The first of the two people who must both keep a disputed entry; NULL: nobody has';
COMMENT ON COLUMN watch_entry.sealed IS
    'Sealed with the hub data key key_no: the identifier, the reference of the case or document, a note';
COMMENT ON COLUMN watch_entry.dispute IS
    'Sealed with the hub data key dispute_key_no: the last objection''s words';
CREATE INDEX watch_entry_by_identifier ON watch_entry (identifier_hash)
    WHERE status IN ('active', 'disputed');
CREATE INDEX watch_entry_by_institution
    ON watch_entry (institution_id, created_at, watch_entry_id);

CREATE TABLE payment_hold (
	payment_hold_id uuid        PRIMARY KEY,
	institution_id  uuid        NOT NULL,
	created_by      uuid        NOT NULL,
	status          text        NOT NULL,
	ground          text        NOT NULL,
	signal_id       uuid,
	identifier_type text        NOT NULL,
	identifier_mask text        NOT NULL,
	identifier_hash bytea       NOT NULL,
	amount_minor    bigint      NOT NULL,
	currency        text        NOT NULL,
	term_ends_at    timestamptz NOT NULL,
	answered_at     timestamptz,
	ended_at        timestamptz,
	created_at      timestamptz NOT NULL,
	updated_at      timestamptz NOT NULL,
	row_version     bigint      NOT NULL DEFAULT 1,
	key_no          integer     NOT NULL,
	sealed          bytea       NOT NULL,
	CONSTRAINT payment_hold_amount_positive CHECK (amount_minor > 0),
	CONSTRAINT payment_hold_has_a_term CHECK (term_ends_at > created_at)
) WITH (fillfactor = 85);
COMMENT ON TABLE payment_hold IS
    'A bank''s own pause of a customer''s payment: until the customer answers or the term is over';
COMMENT ON COLUMN payment_hold.ground IS
    'payee_listed: the payee was on the list; signal: signal_id came about the customer or payee';
COMMENT ON COLUMN payment_hold.sealed IS
    'Sealed with the hub data key key_no: the payee, the bank''s reference of the payment, a note';
CREATE INDEX payment_hold_by_institution
    ON payment_hold (institution_id, created_at, payment_hold_id);

-- Clocks of what belongs to no case.  Other migrations add kinds of their
-- own: the list is lengthened, not written anew.
ALTER TABLE deadline ALTER COLUMN case_id DROP NOT NULL;
DO $$
DECLARE
	known text := (SELECT pg_get_constraintdef(c.oid)
			 FROM pg_constraint c
			WHERE c.conname = 'deadline_kind_known'
			  AND c.conrelid = 'deadline'::regclass);
BEGIN
	ALTER TABLE deadline DROP CONSTRAINT deadline_kind_known;
	EXECUTE 'ALTER TABLE deadline ADD CONSTRAINT deadline_kind_known '
	    || 'CHECK (kind IN (''watch_expiry'', ''payment_hold_term'') OR '
	    || substr(known, length('CHECK ') + 1) || ')';
END $$;

INSERT INTO allowed_move (machine, from_status, move, to_status) VALUES
    ('watch_entry', 'new', 'listed', 'active'),
    ('watch_entry', 'active', 'disputed', 'disputed'),
    ('watch_entry', 'disputed', 'kept', 'active'),
    ('watch_entry', 'disputed', 'delisted', 'delisted'),
    ('watch_entry', 'active', 'withdrawn', 'withdrawn'),
    ('watch_entry', 'disputed', 'withdrawn', 'withdrawn'),
    ('watch_entry', 'active', 'time_over', 'expired'),
    ('watch_entry', 'disputed', 'time_over', 'expired'),
    ('payment_hold', 'new', 'placed', 'held'),
    ('payment_hold', 'held', 'confirmed', 'executed'),
    ('payment_hold', 'held', 'confirmed_listed', 'confirmed'),
    ('payment_hold', 'held', 'refused', 'refused'),
    ('payment_hold', 'confirmed', 'refused', 'refused'),
    ('payment_hold', 'held', 'term_over', 'released'),
    ('payment_hold', 'confirmed', 'term_over', 'executed');

GRANT SELECT, INSERT, UPDATE ON agreement, watch_entry, payment_hold TO freezeline_hub;
GRANT SELECT, INSERT ON signal, signal_recipient TO freezeline_hub;
