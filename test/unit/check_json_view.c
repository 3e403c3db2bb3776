/*
 * json_view: what is there is shown, what is not is absent, never a crash.
 */
#include "test/unit/unit.h"

#include "hub/wire/json_view.h"

#define TEXT                                                         \
	"{\"id\":\"case_1\",\"none\":null,\"n\":7,\"yes\":true,"     \
	"\"a\":{\"b\":{\"c\":\"deep\"}},\"list\":[1,\"two\",{\"k\":" \
	"3}],\"more\":\"later versions add\"}"

static struct json_view *
document(const char *text)
{
	struct json_view *view = NULL;

	ck_assert_int_eq(
	    json_view_parse(text, strlen(text), &view, NULL), RC_OK);
	return view;
}

START_TEST(members_are_found_by_path)
{
	SCOPED(json_view_cleanup) struct json_view *view = document(TEXT);

	ck_assert_str_eq(json_view_text(view, "id", "?"), "case_1");
	ck_assert_str_eq(json_view_text(view, "a/b/c", "?"), "deep");
	ck_assert_int_eq(json_view_int(view, "n", 0), 7);
	ck_assert(json_view_bool(view, "yes", false));
	ck_assert(json_view_is_null(json_view_at(view, "none")));
	ck_assert_ptr_eq(json_view_at(view, ""), view);
}
END_TEST

static const char *const absent[] = { "x", "a/x", "a/b/c/d", "id/x", "list/0",
	"none", "n", "a", "/", "a//b" };

START_TEST(absent_or_other_type_is_the_fallback)
{
	SCOPED(json_view_cleanup) struct json_view *view = document(TEXT);

	ck_assert_str_eq(json_view_text(view, absent[_i], "?"), "?");
	ck_assert_str_eq(json_view_text(NULL, absent[_i], "?"), "?");
	ck_assert(!json_view_bool(view, absent[_i], false));
}
END_TEST

START_TEST(lists_and_members_are_walked_in_order)
{
	SCOPED(json_view_cleanup) struct json_view *view = document(TEXT);
	const struct json_view *list = json_view_at(view, "list");
	const char *name = NULL;

	ck_assert_uint_eq(json_view_count(list), 3);
	ck_assert_int_eq(json_view_int(json_view_item(list, 0), "", 0), 1);
	ck_assert_int_eq(json_view_int(json_view_item(list, 2), "k", 0), 3);
	ck_assert_ptr_null(json_view_item(list, 3));
	ck_assert_ptr_nonnull(json_view_member(view, 2, &name));
	ck_assert_str_eq(name, "n");
	ck_assert_ptr_null(json_view_member(view, 99, &name));
	ck_assert_ptr_null(json_view_member(list, 0, &name));
	ck_assert_uint_eq(json_view_count(NULL), 0);
	ck_assert_uint_eq(json_view_count(json_view_at(view, "id")), 0);
}
END_TEST

START_TEST(value_is_written_back_compactly)
{
	SCOPED(json_view_cleanup) struct json_view *view = document(TEXT);
	struct strbuf out;

	strbuf_init(&out, 1000);
	json_view_write(&out, view);
	ck_assert_str_eq(out.bytes, TEXT);
	strbuf_reset(&out);
	json_view_write(&out, json_view_at(view, "id"));
	ck_assert_str_eq(out.bytes, "\"case_1\"");
	strbuf_reset(&out);
	json_view_write(&out, NULL);
	ck_assert(out.failed);
	strbuf_clear(&out);
}
END_TEST

static const char *const unreadable[] = { "", "{", "nothing", "{\"a\":1,}",
	"{\"a\":1,\"a\":2}" };

START_TEST(what_is_no_json_is_refused)
{
	struct json_view *view = NULL;
	struct err err;

	ck_assert_int_eq(json_view_parse(unreadable[_i], strlen(unreadable[_i]),
			     &view, &err),
	    RC_MALFORMED);
	ck_assert_ptr_null(view);
}
END_TEST

Suite *
json_view_suite(void)
{
	Suite *suite = suite_create("json_view");
	TCase *tcase = tcase_create("json_view");

	tcase_add_test(tcase, members_are_found_by_path);
	tcase_add_loop_test(
	    tcase, absent_or_other_type_is_the_fallback, 0, (int)COUNT(absent));
	tcase_add_test(tcase, lists_and_members_are_walked_in_order);
	tcase_add_test(tcase, value_is_written_back_compactly);
	tcase_add_loop_test(
	    tcase, what_is_no_json_is_refused, 0, (int)COUNT(unreadable));
	suite_add_tcase(suite, tcase);
	return suite;
}
