-- The delivery engine: how fast an endpoint may be driven, and which messages
-- to it must keep their order.

ALTER TABLE endpoint
	ADD COLUMN rate_limit integer NOT NULL DEFAULT 0,
	ADD CONSTRAINT endpoint_rate_limit_range CHECK (rate_limit BETWEEN 0 AND 10000);
COMMENT ON COLUMN endpoint.rate_limit IS 'Deliveries a second at most; 0: no limit of its own';

ALTER TABLE outbox ADD COLUMN order_key bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN outbox.order_key IS
    'Of what the message is about: none overtakes an earlier one of its key to its endpoint; 0: free';
ALTER TABLE outbox_retry ADD COLUMN order_key bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN outbox_retry.order_key IS 'As of outbox';
CREATE INDEX outbox_retry_by_order ON outbox_retry (endpoint_no, order_key, seq)
    WHERE order_key <> 0;
