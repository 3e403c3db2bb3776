-- The attempt log of one endpoint, newest first, for those who look after it.

CREATE INDEX attempt_by_endpoint ON attempt (endpoint_no, at);
