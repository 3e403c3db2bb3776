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
