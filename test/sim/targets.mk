# Random commands against the use cases; included by the Makefile.
SIM_C := $(wildcard test/sim/*.c)
SIM_O := $(SIM_C:%.c=$(OUT)/%.o) \
         $(patsubst %,$(OUT)/test/unit/%.o,world world_agreements invariant answer \
           submit_draft)
-include $(SIM_O:.o=.d)

$(OUT)/sim: $(SIM_O) $(OUT)/libhub.a
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $(SIM_O) $(OUT)/libhub.a $(LDLIBS) \
	    $$(pkg-config --libs check)

## make test-sim   random commands, invariants after each; SIM_SEED, SIM_STEPS
.PHONY: test-sim
test-sim: deps $(OUT)/sim
	@$(OUT)/sim
