# Tests of the store against a private PostgreSQL; included by the Makefile.
DB_C := $(wildcard test/db/*.c)
DB_O := $(DB_C:%.c=$(OUT)/%.o)
GEN  += $(OUT)/gen/db_suites.h
-include $(DB_O:.o=.d) $(OUT)/test/db/bench/store.d

$(OUT)/gen/db_suites.h: $(filter test/db/check_%.c,$(DB_C))
	@mkdir -p $(@D)
	@sh test/unit/suites.sh $^ > $@.new && mv $@.new $@

$(DB_O) $(OUT)/test/db/bench/store.o: $(OUT)/gen/db_suites.h

$(OUT)/db: $(DB_O) $(OUT)/libhub.a
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $(DB_O) $(OUT)/libhub.a $(LDLIBS) \
	    $$(pkg-config --libs check)

test-db: deps $(OUT)/db
	@sh test/db/run.sh $(OUT)/db

STORE_BENCH_O := $(patsubst %,$(OUT)/test/db/%.o,bench/store batch support)

$(OUT)/store_bench: $(STORE_BENCH_O) $(OUT)/libhub.a
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $(STORE_BENCH_O) $(OUT)/libhub.a $(LDLIBS) \
	    $$(pkg-config --libs check)

## make bench-store  cases and answers a second of one connection
.PHONY: bench-store
bench-store: deps
	@$(MAKE) --no-print-directory BUILD=release build/release/store_bench
	@sh test/db/run.sh build/release/store_bench
