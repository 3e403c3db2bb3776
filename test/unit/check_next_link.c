/*
 * next_link: the address of a list's next page.
 */
#include "test/unit/unit.h"

#include "hub/http/next_link.h"

static const struct {
	struct exchange_field queries[4];
	size_t count;
	const char *link;
} links[] = {
	{ { { NULL, NULL } }, 0, "</v1/x?limit=20&cursor=c_1>; rel=\"next\"" },
	{ { { "limit", "20" }, { "cursor", "old" } }, 2,
	    "</v1/x?limit=20&cursor=c_1>; rel=\"next\"" },
	{ { { "status", "due,overdue" }, { "unit", "kl_kochi" } }, 2,
	    "</v1/x?limit=20&status=due%2Coverdue&unit=kl_kochi"
	    "&cursor=c_1>; rel=\"next\"" },
	{ { { "cursor", "old" }, { "district", "a b&limit=1#>\"" } }, 2,
	    "</v1/x?limit=20&district=a%20b%26limit%3D1%23%3E%22"
	    "&cursor=c_1>; rel=\"next\"" },
	{ { { "unit", "\xe0\xb4\x95\r\n" } }, 1,
	    "</v1/x?limit=20&unit=%E0%B4%95%0D%0A&cursor=c_1>; rel=\"next\"" },
	{ { { "by", "" }, { "kind", NULL } }, 2,
	    "</v1/x?limit=20&by=&kind=&cursor=c_1>; rel=\"next\"" },
};

START_TEST(next_page_has_the_filters_of_this_one)
{
	SCOPED(strbuf_clear) struct strbuf out = { .bytes = NULL };

	strbuf_init(&out, 512);
	next_link_write(
	    &out, "/v1/x", links[_i].queries, links[_i].count, 20, "c_1");
	ck_assert(!out.failed);
	ck_assert_str_eq(out.bytes, links[_i].link);
}
END_TEST

Suite *next_link_suite(void);

Suite *
next_link_suite(void)
{
	Suite *suite = suite_create("next_link");
	TCase *tcase = tcase_create("next_link");

	tcase_add_loop_test(
	    tcase, next_page_has_the_filters_of_this_one, 0, (int)COUNT(links));
	suite_add_tcase(suite, tcase);
	return suite;
}
