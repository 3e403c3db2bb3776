/*
 * What to try: see cli_demo_hint.h.
 */
#include "hub/cli/cli_demo_hint.h"

#include <string.h>

#include "hub/cli/cli_demo_caller.h"

static const struct {
	const char *role, *person, *path;
} lines[] = {
	{ "officer", "kl_kochi_cyber.officer", "/v1/cases" },
	{ "supervisor", "us_sanjose_pd.supervisor", "/v1/cases" },
	{ "nodal", "malabar_bank.nodal", "/v1/inbox" },
	{ "auditor", "payments_audit.auditor", "/v1/cases" },
	{ "admin", CLI_DEMO_PKI_FIRST_ADMIN, "/v1/institutions" },
};

/* In single quotes where the shell would make more of it. */
static void
append_path(struct strbuf *out, const char *path)
{
	bool is_plain = strspn(path,
			    "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789/._-+@:") == strlen(path);

	if (is_plain) {
		strbuf_append(out, path);
		return;
	}
	strbuf_append_char(out, '\'');
	for (; *path != '\0'; path++)
		if (*path == '\'')
			strbuf_append(out, "'\\''");
		else
			strbuf_append_char(out, *path);
	strbuf_append_char(out, '\'');
}

void
cli_demo_hint_write(struct strbuf *out, const struct cli_demo_stage *stage)
{
	char path[PATH_MAX];

	strbuf_append(out, "\nCertificates: ");
	append_path(out, cli_demo_place_path(&stage->place, "pki", path));
	strbuf_printf(out,
	    "  (NAME.pem with NAME.key; NAME.p12 for a browser, password "
	    "%s)\n",
	    stage->password);
	for (size_t i = 0; i < COUNT(lines); i++) {
		const char *person = lines[i].person;

		strbuf_printf(out, "\n# %s\ncurl --cacert ", lines[i].role);
		append_path(
		    out, cli_demo_pki_path(&stage->place, "ca", ".pem", path));
		strbuf_append(out, " --cert ");
		append_path(out,
		    cli_demo_pki_path(&stage->place, person, ".pem", path));
		strbuf_append(out, " --key ");
		append_path(out,
		    cli_demo_pki_path(&stage->place, person, ".key", path));
		strbuf_printf(out, " %s%s\n", stage->hub, lines[i].path);
	}
	strbuf_append_char(out, '\n');
}

int
cli_demo_hint_check(
    const struct cli_demo_stage *stage, struct strbuf *faults, int *made)
{
	int count = 0;

	for (size_t i = 0; i < COUNT(lines); i++) {
		struct cli_demo_caller caller;
		struct err err;
		enum rc rc = cli_demo_caller_open(
		    &stage->place, stage->hub, lines[i].person, &caller, &err);

		if (rc == RC_OK)
			rc = cli_demo_caller_get(
			    &caller, lines[i].path, "", 0, &err);
		if (rc != RC_OK) {
			strbuf_printf(faults, "%s\n", err.text);
			count++;
		}
		cli_demo_caller_clear(&caller);
	}
	*made = (int)COUNT(lines);
	return count;
}
