/*
 * The load generator's own sums: a wrong histogram or template would make
 * every figure of the bench wrong.
 */
#include "test/unit/unit.h"

#include "hub/base/strbuf.h"
#include "test/bench/load/histogram.h"
#include "test/bench/load/template.h"

START_TEST(quantiles_are_within_one_percent)
{
	static struct histogram histogram;
	static const double shares[] = { 0.5, 0.9, 0.99, 0.999 };

	memset(&histogram, 0, sizeof(histogram));
	for (int64_t i = 1; i <= 1000000; i++)
		histogram_add(&histogram, i);
	for (size_t i = 0; i < COUNT(shares); i++)
		ck_assert_double_eq_tol(
		    histogram_quantile(&histogram, shares[i]), shares[i] * 1e6,
		    shares[i] * 1e4);
	ck_assert_double_eq(histogram_quantile(&histogram, 1), 1e6);
	ck_assert_uint_eq(histogram.largest, 1000000);
}
END_TEST

START_TEST(small_values_are_exact_and_merge)
{
	static struct histogram a, b;

	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	ck_assert_double_eq(histogram_quantile(&a, 0.99), 0);
	for (int i = 0; i < 99; i++)
		histogram_add(&a, 7);
	histogram_add(&b, -5); /* a clock that went back counts as 0 */
	histogram_merge(&b, &a);
	ck_assert_double_eq(histogram_quantile(&b, 0.01), 0);
	ck_assert_double_eq(histogram_quantile(&b, 0.02), 7);
	ck_assert_uint_eq(b.total, 100);
}
END_TEST

START_TEST(largest_value_has_a_bucket)
{
	static struct histogram histogram;

	memset(&histogram, 0, sizeof(histogram));
	histogram_add(&histogram, INT64_MAX);
	ck_assert_double_eq_tol(
	    histogram_quantile(&histogram, 1), 9.2e18, 1e17);
}
END_TEST

START_TEST(holes_are_filled)
{
	static const struct template_values values = { 42, "tgt_1" };
	struct template template;
	SCOPED(strbuf_clear) struct strbuf out;

	strbuf_init(&out, 1024);
	ck_assert(template_compile(
	    &template, "{{n}}/{{n:6}}/{{line}}{ {{now}} {{uuid}}"));
	template_render(&template, &values, &out);
	out.bytes[19] = '\0';
	ck_assert_str_eq(out.bytes, "42/000042/tgt_1{ 20");
	ck_assert_uint_eq(out.length, 17 + 24 + 1 + 36);
}
END_TEST

START_TEST(microseconds_have_as_many_digits_as_asked)
{
	static const struct template_values values = { 0 };
	struct template template;
	SCOPED(strbuf_clear) struct strbuf out;

	strbuf_init(&out, 1024);
	ck_assert(template_compile(&template, "{{micros:12}}"));
	template_render(&template, &values, &out);
	ck_assert_uint_eq(out.length, 12);
	ck_assert_uint_eq(strspn(out.bytes, "0123456789"), 12);
}
END_TEST

START_TEST(wrong_template_is_refused)
{
	static const char *const texts[] = { "{{", "{{n", "{{m}}", "{{}}",
		"{{ n}}", "a{{nn}}" };
	struct template template;

	for (size_t i = 0; i < COUNT(texts); i++)
		ck_assert(!template_compile(&template, texts[i]));
}
END_TEST

Suite *
load_suite(void)
{
	Suite *suite = suite_create("load");
	TCase *tcase = tcase_create("load");

	tcase_add_test(tcase, quantiles_are_within_one_percent);
	tcase_add_test(tcase, small_values_are_exact_and_merge);
	tcase_add_test(tcase, largest_value_has_a_bucket);
	tcase_add_test(tcase, holes_are_filled);
	tcase_add_test(tcase, microseconds_have_as_many_digits_as_asked);
	tcase_add_test(tcase, wrong_template_is_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
