# The line under attack and the clients against bad receivers: small programs
# and what is thrown at them.
FAULT_PROGRAMS := $(OUT)/echo_server $(OUT)/client_driver

$(FAULT_PROGRAMS): $(OUT)/%: $(OUT)/test/support/%.o $(OUT)/libhub.a
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $< $(OUT)/libhub.a $(LDLIBS)

-include $(OUT)/test/support/echo_server.d $(OUT)/test/support/client_driver.d

# $(call NODE_TEST,SUITE,FILES)
NODE_TEST = SUITE=$(1) ECHO_SERVER=$(OUT)/echo_server \
    CLIENT_DRIVER=$(OUT)/client_driver FREEZELINE=$(OUT)/freezeline $(NODE) --test \
    --test-concurrency=1 --test-timeout=120000 \
    --test-reporter=./test/support/reporter.mjs $(2)

.PHONY: test-line test-client
test-line: $(FAULT_PROGRAMS) $(NODE_OK)
	@$(call NODE_TEST,line,test/fault/line_*.test.mjs)

test-client: $(FAULT_PROGRAMS) $(NODE_OK)
	@$(call NODE_TEST,client,test/fault/client_*.test.mjs)

# The hub killed at random moments under load; KILLS=500 for long.
.PHONY: test-kill
test-kill: $(OUT)/freezeline $(NODE_OK)
	@FREEZELINE=$(OUT)/freezeline \
	    $(subst 120000,7200000,$(call NODE_TEST,kill,test/fault/kill_hub.test.mjs))

.PHONY: test-nodal test-cli test-tools
test-nodal: $(OUT)/freezeline $(NODE_OK)
	@$(call NODE_TEST,nodal,test/fault/nodal.test.mjs)

test-cli: $(OUT)/freezeline $(NODE_OK)
	@$(call NODE_TEST,cli,test/fault/cli.test.mjs)

test-tools: $(OUT)/freezeline $(NODE_OK)
	@sh test/db/run.sh env $(call NODE_TEST,tools,test/db/tools.test.mjs)

# The dispatcher alone, against a private PostgreSQL and bad receivers.
DISPATCH_O := $(patsubst %,$(OUT)/test/support/dispatch_%.o,driver seed)
-include $(DISPATCH_O:.o=.d)

$(OUT)/dispatch_driver: $(DISPATCH_O) $(OUT)/libhub.a
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $(DISPATCH_O) $(OUT)/libhub.a $(LDLIBS)

.PHONY: test-dispatch
test-dispatch: $(OUT)/freezeline $(OUT)/dispatch_driver $(NODE_OK)
	@DISPATCH_DRIVER=$(OUT)/dispatch_driver sh test/db/run.sh \
	    env $(subst 120000,400000,$(call NODE_TEST,dispatch,test/fault/dispatch*.test.mjs))

# The receiver samples, each in its own language.
.PHONY: test-receivers
test-receivers: $(OUT)/freezeline $(OUT)/dispatch_driver $(NODE_OK)
	@DISPATCH_DRIVER=$(OUT)/dispatch_driver sh test/db/run.sh \
	    env $(call NODE_TEST,receivers,test/fault/receivers.test.mjs)

# Nothing is lost; SOAK_SECONDS=1800 for long.
.PHONY: test-soak
test-soak: $(OUT)/freezeline $(OUT)/dispatch_driver $(NODE_OK)
	@DISPATCH_DRIVER=$(OUT)/dispatch_driver sh test/db/run.sh \
	    env SOAK_SECONDS=$(or $(SOAK_SECONDS),180) $(subst 120000,7200000,$(call NODE_TEST,soak,test/fault/soak.test.mjs))
