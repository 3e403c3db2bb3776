# The statements of sql/queries and the migrations, as C.
STATEMENTS := $(OUT)/gen/statements.h
MIGRATIONS := $(wildcard sql/migrations/*.sql)
GEN        += $(STATEMENTS)
HUB_O      += $(OUT)/gen/statements.o $(OUT)/gen/migrations.o

$(OUT)/gen/statements.h: $(SQL) hub/store/statements.awk
	@mkdir -p $(@D)
	@echo "  GEN   $@"
	@LC_ALL=C awk -v want=header -f hub/store/statements.awk $(SQL) \
	    > $@.new && mv $@.new $@

$(OUT)/gen/statements.c: $(SQL) hub/store/statements.awk
	@mkdir -p $(@D)
	@echo "  GEN   $@"
	@LC_ALL=C awk -v want=table -f hub/store/statements.awk $(SQL) \
	    > $@.new && mv $@.new $@

$(OUT)/gen/migrations.c: $(MIGRATIONS) hub/store/migrations.awk
	@mkdir -p $(@D)
	@echo "  GEN   $@"
	@sha256sum $(MIGRATIONS) > $@.sums
	@LC_ALL=C awk -v digests=$@.sums -f hub/store/migrations.awk \
	    $(MIGRATIONS) > $@.new && mv $@.new $@

$(OUT)/gen/%.o: $(OUT)/gen/%.c | $(STATEMENTS)
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
