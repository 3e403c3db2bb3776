# Freezeline.  `make demo` and `make test` do everything; `make help` lists
# the rest.  One file, out of tree: build/$(BUILD)/ holds all that is made.
BUILD   ?= debug
OUT     := build/$(BUILD)
CC      := gcc

CPPFLAGS := -D_GNU_SOURCE -I. -I$(OUT)
CFLAGS   := -std=c11 -g -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes \
            -Wstrict-prototypes -Wswitch-enum -Wvla -Wformat=2 -Werror \
            -fstack-protector-strong -pthread
LDFLAGS  := -pthread -Wl,-z,relro,-z,now
PKGS     := libmicrohttpd gnutls jansson libpq libcurl openssl INIReader
LDLIBS    = -lmicrohttpd -lgnutls -ljansson -lpq -lcurl -lssl -lcrypto -linih -lm
# Debian puts libpq's headers in a folder of their own.
CPPFLAGS += -isystem /usr/include/postgresql

ifeq ($(BUILD),debug)
CFLAGS  += -O1
else ifeq ($(BUILD),release)
CFLAGS  += -O2 -D_FORTIFY_SOURCE=2 -fPIE
LDFLAGS += -pie
else ifeq ($(BUILD),asan)
CFLAGS  += -O1 -fsanitize=address,undefined -fno-omit-frame-pointer \
           -fno-sanitize-recover=undefined
LDFLAGS += -fsanitize=address,undefined
else ifeq ($(BUILD),tsan)
CFLAGS  += -O1 -fsanitize=thread
LDFLAGS += -fsanitize=thread
else ifeq ($(BUILD),cov)
CFLAGS  += -O0 --coverage
LDFLAGS += --coverage
else
$(error BUILD is debug, release, asan, tsan or cov)
endif

HUB_C   := $(filter-out hub/main.c,$(wildcard hub/*/*.c adapters/*.c adapters/nodal/*.c))
HUB_O   := $(HUB_C:%.c=$(OUT)/%.o)
UNIT_C  := $(wildcard test/unit/*.c)
# And what of the bench is plain arithmetic.
UNIT_O  := $(UNIT_C:%.c=$(OUT)/%.o) \
           $(patsubst %,$(OUT)/test/bench/load/%.o,histogram template)
SQL     := $(wildcard sql/queries/*.sql)
GEN     := $(OUT)/gen/suites.h
# Each generated file has a rule in its room's part below.
GEN_MK  := $(wildcard hub/*/gen.mk)
# Rules of the parts come first; the goal is still all.
.DEFAULT_GOAL := all
include $(GEN_MK)

.PHONY: all help deps demo demo-check test lint clean install-hooks \
        test-unit test-db test-api test-fault bench
all: deps $(OUT)/freezeline

help:
	@sed -n 's/^## //p' Makefile

## make            build the binary: build/$(BUILD)/freezeline
$(OUT)/freezeline: $(OUT)/hub/main.o $(OUT)/libhub.a
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $(OUT)/hub/main.o $(OUT)/libhub.a $(LDLIBS)

$(OUT)/libhub.a: $(HUB_O)
	@echo "  AR    $@"
	@rm -f $@ && ar rcs $@ $(HUB_O)

$(OUT)/%.o: %.c | $(GEN)
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/gen/suites.h: $(filter test/unit/check_%.c,$(UNIT_C))
	@mkdir -p $(@D)
	@sh test/unit/suites.sh $^ > $@.new && mv $@.new $@

$(OUT)/unit: $(UNIT_O) $(OUT)/libhub.a
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS) -o $@ $(UNIT_O) $(OUT)/libhub.a $(LDLIBS) \
	    $$(pkg-config --libs check)

-include $(HUB_O:.o=.d) $(UNIT_O:.o=.d) $(OUT)/hub/main.d

deps:
	@sh test/support/deps.sh

## make lint       floors, sizes, banned calls, layout, statements
lint: deps
	@sh test/lint/all.sh

## make test       everything below: lint, unit, db, api, fault; the last line counts
test: deps
	@sh test/support/run.sh

test-unit: deps $(OUT)/unit
	@$(OUT)/unit

## make moves      write docs/state-machine.md from the tables of hub/domain
include test/support/moves.mk

# Suites with targets of their own.
include test/node.mk $(sort $(wildcard test/*/targets.mk))

## make demo       a whole hub with fictitious institutions and six cases
DEMO_BUILD ?= release
DEMO       := build/$(DEMO_BUILD)/freezeline
demo:
	@sh test/support/deps.sh run
	@$(MAKE) --no-print-directory BUILD=$(DEMO_BUILD) $(DEMO)
	@$(DEMO) demo $(if $(PORT),--port $(PORT))

## make demo-check the same without a terminal, run to the end and judged
demo-check:
	@sh test/support/deps.sh run
	@$(MAKE) --no-print-directory BUILD=$(DEMO_BUILD) $(DEMO)
	@$(DEMO) demo --check

## make bench      the gates: ratios to baselines, with their aims
bench: deps
	@$(MAKE) --no-print-directory BUILD=release run-bench

## make clean      remove what was built (not .demo/)
clean:
	@rm -rf build
