/*
 * Frames of the reports, in JSON and CSV.  They hold sums, counts and spans:
 * nothing of a case, so that no reading of them goes on record.  See
 * view_report.h.
 */
#include "hub/reading/view_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

enum rc
view_report_institutions(const struct view_run *run,
    struct report_institutions *institutions, struct err *err)
{
	const struct report_query *query = &run->request->report;
	const struct institution *only = NULL;
	int kind = query->kind;
	const struct institution *const *all;
	struct id *ids;
	size_t count;

	all = registry_institutions(run->registry, &count);
	ids = arena_alloc(run->arena, (count + 1) * sizeof(*ids));
	if (ids == NULL)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "there are too many institutions");
	if (query->institution != NULL) {
		only = registry_institution_named(
		    run->registry, query->institution);
		if (only == NULL)
			return err_set(err, RC_INVALID, "unknown_institution",
			    "no institution is named so");
	}
	*institutions = (struct report_institutions){ .ids = ids,
		.is_all = kind < 0 && only == NULL };
	for (size_t i = 0; i < count; i++)
		if ((kind < 0 || (int)all[i]->kind == kind) &&
		    (only == NULL || all[i] == only))
			ids[institutions->count++] = all[i]->id;
	return RC_OK;
}

enum rc
view_report_units(const struct view_run *run, struct report_institutions *units,
    struct err *err)
{
	const char **districts;

	*units = (struct report_institutions){ .is_all = false };
	TRY(view_units(run, &units->ids, &units->count, err));
	districts = arena_alloc(
	    run->arena, (units->count + 1) * sizeof(*districts));
	if (districts == NULL)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "there are too many units");
	for (size_t i = 0; i < units->count; i++)
		districts[i] = registry_district(run->registry, &units->ids[i]);
	units->districts = districts;
	return RC_OK;
}

void
view_report_begin(const struct view_run *run)
{
	const struct report_query *query = &run->request->report;
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_time(out, "from", query->from);
	json_write_time(out, "until", query->until);
	if (query->kind >= 0)
		json_write_word(
		    out, "kind", &institution_kind_words, query->kind);
	if (query->priority >= 0)
		json_write_word(
		    out, "priority", &priority_words, query->priority);
	if (query->typology >= 0)
		json_write_word(
		    out, "typology", &typology_words, query->typology);
	if (query->institution != NULL)
		json_write_text(out, "institution", query->institution);
	if (run->request->unit != NULL)
		json_write_text(out, "unit", run->request->unit);
	if (run->request->district != NULL)
		json_write_text(out, "district", run->request->district);
	if (run->request->kind == VIEW_OUTCOMES)
		json_write_word(
		    out, "group", &report_group_words, (int)query->group);
	json_write_array(out, "items");
}

void
view_report_end(const struct view_run *run)
{
	json_write_array_end(&run->reply->body);
	json_write_object_end(&run->reply->body);
}

void
view_report_begin_csv(const struct view_run *run, const char *titles)
{
	run->reply->content_type = "text/csv; charset=utf-8";
	strbuf_printf(&run->reply->body, "%s\r\n", titles);
}

void
view_report_cell(const struct view_run *run, const char *text)
{
	struct strbuf *out = &run->reply->body;
	bool is_quoted = strpbrk(text, ",\"\r\n'") != NULL;
	bool is_formula = text[0] != '\0' &&
	    strchr("=+-@\t\r", text[0]) != NULL;

	if (is_quoted)
		strbuf_append(out, "\"");
	if (is_formula)
		strbuf_append(out, "'");
	for (const char *at = text; *at != '\0'; at++)
		if (*at == '"')
			strbuf_append(out, "\"\"");
		else
			strbuf_printf(out, "%c", *at);
	if (is_quoted)
		strbuf_append(out, "\"");
}

char *
view_report_decimal(int64_t thousandths, char *text)
{
	text[0] = '\0';
	if (thousandths >= 0)
		(void)snprintf(text, REPORT_DECIMAL_SIZE,
		    "%" PRId64 ".%03" PRId64, thousandths / 1000,
		    thousandths % 1000);
	return text;
}

const char *
view_report_slug(
    const struct view_run *run, const struct id *institution, char *text)
{
	const struct institution *found = registry_institution(
	    run->registry, institution);

	return found != NULL ? found->slug
			     : id_format(ID_INSTITUTION, institution, text);
}
