# Fuzzers need clang.  FUZZ_SECONDS=600 make fuzz-parse goes on for longer.
FUZZ_CC      ?= clang
FUZZ_SECONDS ?= 60
FUZZ_LENGTH  ?= 4096
FUZZ_OUT     := build/fuzz
FUZZ_PARSE_C := test/fuzz/fuzz_parse.c \
                $(wildcard hub/parsing/*.c hub/domain/*.c hub/base/*.c)

$(FUZZ_OUT)/fuzz_parse: $(FUZZ_PARSE_C) $(wildcard hub/parsing/*.h) | $(GEN)
	@mkdir -p $(FUZZ_OUT)/parse
	@echo "  FUZZ  $@"
	@$(FUZZ_CC) $(CPPFLAGS) -std=c11 -g -O1 \
	    -fsanitize=fuzzer,address,undefined \
	    -fno-sanitize-recover=undefined -o $@ $(FUZZ_PARSE_C)

## make fuzz-parse libFuzzer on the parser, FUZZ_SECONDS long
.PHONY: fuzz-parse
fuzz-parse: $(FUZZ_OUT)/fuzz_parse
	@$(FUZZ_OUT)/fuzz_parse -max_total_time=$(FUZZ_SECONDS) -timeout=5 \
	    -max_len=$(FUZZ_LENGTH) -print_final_stats=1 -verbosity=0 \
	    -artifact_prefix=$(FUZZ_OUT)/ $(FUZZ_OUT)/parse test/corpus/sms
