# The parser against its corpus, and its fuzzer.
CORPUS_PROGRAM := $(OUT)/check_corpus

$(CORPUS_PROGRAM): $(OUT)/test/corpus/check_corpus.o $(OUT)/libhub.a
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $< $(OUT)/libhub.a $(LDLIBS)

-include $(OUT)/test/corpus/check_corpus.d

.PHONY: test-parse
test-parse: $(CORPUS_PROGRAM)
	@$(CORPUS_PROGRAM) test/corpus/sms/*.jsonl
