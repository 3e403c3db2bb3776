-- What every case and answer pays for, made cheaper.
--
-- A foreign key asks once for each row, with a lock on the row that it finds;
-- payments, requests, formalities and answers are as many as targets, and the
-- keys on them cost an eighth of the desk's backend.  `freezeline check
-- --integrity` proves the same by anti-joins, as of the other hot tables.

ALTER TABLE disputed_txn DROP CONSTRAINT disputed_txn_case_id_fkey;
ALTER TABLE freeze_request DROP CONSTRAINT freeze_request_case_id_fkey;
ALTER TABLE formality DROP CONSTRAINT formality_case_id_fkey;
ALTER TABLE formality DROP CONSTRAINT formality_request_id_fkey;
ALTER TABLE response DROP CONSTRAINT response_case_id_fkey;

-- The moves of events are still held against allowed_move by the server,
-- whoever inserts them, but all of a statement at once.

ALTER TABLE event DROP CONSTRAINT event_move_allowed;
CREATE FUNCTION refuse_unknown_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	bad record;
BEGIN
	SELECT f.machine, f.from_status, f.move, f.to_status
	  INTO bad
	  FROM (SELECT DISTINCT n.machine, n.from_status, n.move, n.to_status
		  FROM new_event n
		 WHERE n.machine IS NOT NULL
		OFFSET 0) AS f
	 WHERE NOT EXISTS (SELECT FROM allowed_move a
			    WHERE a.machine = f.machine
			      AND a.from_status = f.from_status
			      AND a.move = f.move
			      AND a.to_status = f.to_status)
	 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'insert on table "event" violates "event_move_allowed": % % % %',
		    bad.machine, bad.from_status, bad.move, bad.to_status
		    USING ERRCODE = 'foreign_key_violation',
			  TABLE = 'event', CONSTRAINT = 'event_move_allowed';
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION refuse_unknown_moves IS
    'A foreign key to allowed_move that asks once for each different move of a statement';
CREATE TRIGGER event_move_allowed AFTER INSERT ON event
    REFERENCING NEW TABLE AS new_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_unknown_moves();

-- Whoever wants the events or sealed values of a case goes by its leaves.
DROP INDEX event_by_case;
DROP INDEX event_value_by_case;

-- The partitions of message are not planned for, opened and locked in each
-- load of commands that name no message.
CREATE FUNCTION named_messages(messages uuid[], institutions uuid[],
    low timestamptz, high timestamptz)
    RETURNS TABLE (case_id uuid, target_ids uuid[])
LANGUAGE plpgsql STABLE ROWS 10 AS $$
BEGIN
	IF cardinality(messages) > 0 THEN
		RETURN QUERY
		SELECT m.case_id, m.target_ids
		  FROM unnest(messages, institutions) AS k (message_id, institution_id)
		  JOIN message m USING (message_id, institution_id)
		 WHERE m.created_at BETWEEN low AND high;
	END IF;
END $$;
COMMENT ON FUNCTION named_messages IS
    'Of an institution''s messages that a batch names, made between low and high: case and targets';

-- In the present text of batch_targets, whatever else it takes by then.
DO $$
DECLARE
	old text := pg_get_functiondef('batch_targets'::regproc);
	new text := regexp_replace(old, 'FROM unnest[(]messages.* AND high',
	    'FROM named_messages(messages, institutions, low, high) AS m');
BEGIN
	ASSERT new <> old, 'batch_targets does not look for messages';
	EXECUTE new;
END $$;

GRANT EXECUTE ON FUNCTION named_messages TO freezeline_hub;
