# The documents of the API: lint, schemas, examples, envelopes.
ENVELOPE_PROGRAM := $(OUT)/envelope_program
ENVELOPE_O       := $(OUT)/test/support/envelope_program.o $(OUT)/test/unit/parts.o

$(ENVELOPE_PROGRAM): $(ENVELOPE_O) $(OUT)/libhub.a
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $(ENVELOPE_O) $(OUT)/libhub.a $(LDLIBS)

-include $(ENVELOPE_O:.o=.d)

.PHONY: test-openapi
test-openapi: $(ENVELOPE_PROGRAM) $(NODE_OK)
	@SUITE=openapi ENVELOPE_PROGRAM=$(ENVELOPE_PROGRAM) $(NODE) --test \
	    --test-timeout=120000 --test-reporter=./test/support/reporter.mjs \
	    test/openapi/*.test.mjs
