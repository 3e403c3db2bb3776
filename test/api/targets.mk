# The composed hub: whole processes on a private PostgreSQL, called by people
# with certificates.
.PHONY: test-api
test-api: $(OUT)/freezeline $(NODE_OK)
	@SUITE=api FREEZELINE=$(OUT)/freezeline $(NODE) --test \
	    --test-concurrency=1 --test-timeout=120000 \
	    --test-reporter=./test/support/reporter.mjs test/api/*.test.mjs
