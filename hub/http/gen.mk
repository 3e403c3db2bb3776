# docs/openapi.json as bytes, for GET /openapi.json.
HUB_O += $(OUT)/gen/openapi.o

$(OUT)/gen/openapi.c: docs/openapi.json
	@mkdir -p $(@D)
	@echo "  GEN   $@"
	@{ echo '/* Made of docs/openapi.json by hub/http/gen.mk. */'; \
	    echo '#include "hub/http/openapi.h"'; \
	    echo 'const unsigned char openapi_bytes[] = {'; \
	    od -An -v -tu1 $< | sed 's/ *\([0-9][0-9]*\)/\1,/g'; \
	    echo '};'; \
	    echo 'const size_t openapi_length = sizeof(openapi_bytes);'; \
	} > $@.new && mv $@.new $@
