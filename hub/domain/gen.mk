# The tables of hub/domain/data as rows of C initialisers.  Pattern rules, so
# that none of them is the Makefile's first goal.
DOMAIN_TABLES := currency iin iban country calling_code mcc bank_code notice \
                 notice_language holidays risk_term zones
DOMAIN_GEN    := $(DOMAIN_TABLES:%=$(OUT)/gen/domain_%.inc)
GEN           += $(DOMAIN_GEN)
.SECONDARY: $(DOMAIN_GEN)

KINDS_currency     := sn
KINDS_iin          := nnnnns
KINDS_iban         := sns
KINDS_country      := s
KINDS_calling_code := s
KINDS_mcc          := nns
KINDS_notice       := ss
KINDS_notice_language := ss
KINDS_holidays     := ss-
KINDS_risk_term    := ssn
KINDS_zones        := snn
KEYS_holidays      := 2
KEYS_risk_term     := 2
KEYS_zones         := 2

$(OUT)/gen/domain_%.inc: hub/domain/data/%.tsv hub/domain/table.awk
	@mkdir -p $(@D)
	@echo "  GEN   $@"
	@LC_ALL=C awk -v kinds=$(KINDS_$*) -v keys=$(KEYS_$*) -f hub/domain/table.awk $< > $@.new && \
	    mv $@.new $@

# One pair a line in the data set's JSON, and the codes that it has not.
$(OUT)/gen/domain_%_code.inc: hub/domain/data/ifsc/%names.json \
    hub/domain/data/%_code_more.tsv hub/domain/table.awk
	@mkdir -p $(@D)
	@echo "  GEN   $@"
	@{ sed -n 's/^ *"\([A-Z0-9]\{4\}\)": "\(.*\)",\{0,1\}$$/\1\t\2/p' $<; \
	    grep -v '^#' $(word 2,$^); } | LC_ALL=C sort | \
	    LC_ALL=C awk -v kinds=ss -f hub/domain/table.awk > $@.new && \
	    mv $@.new $@

# The legal profiles, all in one.
PROFILES := $(sort $(wildcard hub/domain/data/profiles/*.profile))
GEN      += $(OUT)/gen/domain_profiles.inc
.SECONDARY: $(OUT)/gen/domain_profiles.inc

$(OUT)/gen/%_profiles.inc: hub/%/profile.awk hub/%/data/currency.tsv $(PROFILES)
	@mkdir -p $(@D)
	@echo "  GEN   $@"
	@LC_ALL=C awk -f $^ > $@.new && mv $@.new $@
