# The bench: the load generator and the gates that use it.
LOAD_O := $(patsubst %.c,$(OUT)/%.o,$(wildcard test/bench/load/*.c))

$(OUT)/bench/load: $(LOAD_O) $(OUT)/libhub.a
	@mkdir -p $(@D)
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $(LOAD_O) $(OUT)/libhub.a $(LDLIBS)

CURL_POST_O := $(OUT)/test/bench/curl_post.o $(OUT)/test/bench/load/histogram.o

$(OUT)/bench/curl_post: $(CURL_POST_O) $(OUT)/libhub.a
	@mkdir -p $(@D)
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $(CURL_POST_O) $(OUT)/libhub.a $(LDLIBS)

-include $(LOAD_O:.o=.d) $(CURL_POST_O:.o=.d)

.PHONY: run-bench
run-bench: $(OUT)/freezeline $(OUT)/bench/load $(OUT)/bench/curl_post \
    $(OUT)/echo_server $(NODE_OK)
	@FREEZELINE=$(OUT)/freezeline LOAD=$(OUT)/bench/load \
	    CURL_POST=$(OUT)/bench/curl_post ECHO_SERVER=$(OUT)/echo_server \
	    $(NODE) test/bench/bench.mjs

## make bench-against REV=COMMIT   both, in turn: rates, processor a command
.PHONY: bench-against run-bench-against
bench-against: deps
	@$(MAKE) --no-print-directory BUILD=release run-bench-against

run-bench-against: $(OUT)/freezeline $(OUT)/bench/load $(NODE_OK)
	@tree=$$(sh test/bench/against.sh "$(REV)") && \
	    LOAD=$(OUT)/bench/load $(NODE) test/bench/against.mjs "$$tree"
