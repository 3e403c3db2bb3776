# The bench: the load generator and the gates that use it.
LOAD_O := $(patsubst %.c,$(OUT)/%.o,$(wildcard test/bench/load/*.c))

$(OUT)/bench/load: $(LOAD_O) $(OUT)/libhub.a
	@mkdir -p $(@D)
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $(LOAD_O) $(OUT)/libhub.a $(LDLIBS)

-include $(LOAD_O:.o=.d)

.PHONY: run-bench
run-bench: $(OUT)/bench/load $(OUT)/echo_server $(NODE_OK)
	@LOAD=$(OUT)/bench/load ECHO_SERVER=$(OUT)/echo_server \
	    $(NODE) test/bench/bench.mjs
