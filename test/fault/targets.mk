# The line under attack: a small server and what is thrown at it.
ifndef FAULT_MK
FAULT_MK := 1
include test/node.mk

$(OUT)/echo_server: $(OUT)/test/support/echo_server.o $(OUT)/libhub.a
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $< $(OUT)/libhub.a $(LDLIBS)

-include $(OUT)/test/support/echo_server.d

.PHONY: test-line
test-line: $(OUT)/echo_server $(NODE_OK)
	@SUITE=line ECHO_SERVER=$(OUT)/echo_server $(NODE) --test \
	    --test-concurrency=1 --test-timeout=120000 \
	    --test-reporter=./test/support/reporter.mjs \
	    test/fault/line_*.test.mjs
endif
