# Node and the tools that run on it, pinned by test/package-lock.json.  The
# npm of the system only fetches them; the node on PATH runs nothing of ours.
NODE    := test/node_modules/node/bin/node
NODE_OK := test/node_modules/.complete

$(NODE_OK): test/package.json test/package-lock.json
	@echo "  NPM   test"
	@cd test && npm ci --no-fund --no-audit --loglevel=error > /dev/null
	@$(NODE) -e 'process.exit(process.version.startsWith("v22.") ? 0 : 1)'
	@touch $@

.PHONY: node
node: $(NODE_OK)
