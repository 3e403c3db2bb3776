# Our verdicts on identifiers against independent oracles from npm.
CONFORMANCE_PROGRAM := $(OUT)/identifier_program

$(CONFORMANCE_PROGRAM): $(OUT)/test/support/identifier_program.o $(OUT)/libhub.a
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $< $(OUT)/libhub.a $(LDLIBS)

-include $(OUT)/test/support/identifier_program.d

.PHONY: test-conformance
test-conformance: $(CONFORMANCE_PROGRAM) $(NODE_OK)
	@SUITE=conformance IDENTIFIER_PROGRAM=$(CONFORMANCE_PROGRAM) $(NODE) \
	    --test --test-concurrency=1 --test-timeout=120000 \
	    --test-reporter=./test/support/reporter.mjs \
	    test/conformance/*.test.mjs
