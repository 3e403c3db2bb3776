# docs/state-machine.md out of the tables of hub/domain.
PRINT_MOVES_O := $(OUT)/test/support/print_moves.o $(OUT)/test/unit/moves_text.o
-include $(PRINT_MOVES_O:.o=.d)

$(OUT)/print_moves: $(PRINT_MOVES_O) $(OUT)/libhub.a
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

.PHONY: moves
moves: $(OUT)/print_moves
	@$(OUT)/print_moves markdown > docs/state-machine.md.new && \
	    mv docs/state-machine.md.new docs/state-machine.md
