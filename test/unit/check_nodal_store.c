/*
 * nodal: the append file keeps what it acknowledged, forgets a torn end, and
 * a restart goes on where the last run stopped.
 */
#include "test/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "adapters/nodal/id_table.h"
#include "adapters/nodal/journal.h"
#include "adapters/nodal/store_file.h"
#include "adapters/nodal/work.h"
#include "test/unit/folder.h"

enum { SEEN_SIZE = 4096, FILE_SIZE = 65536, IDS = 5000 };

#define BODY                                                           \
	"{\"id\":\"msg_1\",\"type\":\"freeze.requested\",\"targets\":" \
	"[{\"id\":\"tgt_a\"},{\"id\":\"tgt_b\"}]}"
#define RULES                                                         \
	"{\"rules\":[{\"name\":\"all\",\"answers\":[{\"body\":{"      \
	"\"code\":\"RECEIPT\"}},{\"after_ms\":50,\"body\":{\"code\":" \
	"\"NIL_BAL\"}}]}]}"

/* Records as text, in the order of the replay. */
static enum rc
note(void *context, const struct store_record *record, struct err *err)
{
	char *seen = context;
	size_t used = strlen(seen);

	(void)err;
	(void)snprintf(seen + used, SEEN_SIZE - used, "%d:%s:%s:%d:%d:%s;",
	    (int)record->kind, record->id, record->target, record->n,
	    record->status, record->body);
	return RC_OK;
}

static struct store_file *
open_store(const struct folder *folder, char *seen)
{
	char path[FOLDER_PATH_SIZE];
	struct store_file *store = NULL;
	struct err err = { .text = "" };

	seen[0] = '\0';
	ck_assert_msg(store_file_open(folder_path(folder, "s", path), note,
			  seen, &store, &err) == RC_OK,
	    "%s", err.text);
	return store;
}

static void
put(struct store_file *store, enum store_kind kind, const char *id,
    const char *body)
{
	const struct store_record record = { .kind = kind,
		.id = id,
		.target = "tgt_a",
		.n = 1,
		.status = 201,
		.at = 7,
		.body = body };

	ck_assert_int_eq(store_file_append(store, &record, NULL), RC_OK);
}

START_TEST(what_was_synced_is_there_again)
{
	struct folder folder;
	char seen[SEEN_SIZE];
	struct store_file *store;

	folder_init(&folder);
	store = open_store(&folder, seen);
	ck_assert_str_eq(seen, "");
	put(store, STORE_MESSAGE, "msg_1", "{\"a\":\"\\n\xc3\xa9\x01\"}");
	put(store, STORE_POSTED, "msg_1", "");
	ck_assert_int_eq(store_file_sync(store, NULL), RC_OK);
	put(store, STORE_DONE, "msg_2", "");
	store_file_discard(store);
	ck_assert_int_eq(store_file_sync(store, NULL), RC_OK);
	store_file_free(store);
	store = open_store(&folder, seen);
	ck_assert_str_eq(seen,
	    "0:msg_1:tgt_a:1:201:{\"a\":\"\\n\xc3\xa9\x01\"};"
	    "3:msg_1:tgt_a:1:201:;");
	store_file_free(store);
	folder_clear(&folder);
}
END_TEST

START_TEST(second_process_is_kept_out)
{
	struct folder folder;
	char seen[SEEN_SIZE], path[FOLDER_PATH_SIZE];
	struct store_file *store, *other = NULL;
	struct err err;

	folder_init(&folder);
	store = open_store(&folder, seen);
	ck_assert_int_eq(store_file_open(folder_path(&folder, "s", path), note,
			     seen, &other, &err),
	    RC_CONFLICT);
	ck_assert_str_eq(err.code, "store_in_use");
	store_file_free(store);
	folder_clear(&folder);
}
END_TEST

/* Cut the file after every possible number of bytes: the whole lines before
 * the cut are there, and the file takes new ones. */
START_TEST(torn_end_is_cut_off_wherever_it_is)
{
	struct folder folder;
	char seen[SEEN_SIZE], whole[FILE_SIZE], path[FOLDER_PATH_SIZE];
	struct store_file *store;
	size_t length, first;

	folder_init(&folder);
	store = open_store(&folder, seen);
	put(store, STORE_MESSAGE, "msg_1", "one");
	put(store, STORE_MESSAGE, "msg_2", "two");
	ck_assert_int_eq(store_file_sync(store, NULL), RC_OK);
	store_file_free(store);
	length = folder_read(&folder, "s", whole, sizeof(whole));
	first = (size_t)(strchr(whole, '\n') - whole) + 1;
	for (size_t cut = first; cut < length; cut++) {
		ck_assert_int_eq(
		    truncate(folder_path(&folder, "s", path), (off_t)cut), 0);
		store = open_store(&folder, seen);
		ck_assert_str_eq(seen, "0:msg_1:tgt_a:1:201:one;");
		put(store, STORE_MESSAGE, "msg_2", "two");
		ck_assert_int_eq(store_file_sync(store, NULL), RC_OK);
		store_file_free(store);
		ck_assert_uint_eq(
		    folder_read(&folder, "s", whole, sizeof(whole)), length);
	}
	folder_clear(&folder);
}
END_TEST

START_TEST(damage_before_the_end_is_refused)
{
	struct folder folder;
	char seen[SEEN_SIZE], whole[FILE_SIZE], path[FOLDER_PATH_SIZE];
	struct store_file *store;
	struct err err;

	folder_init(&folder);
	store = open_store(&folder, seen);
	put(store, STORE_MESSAGE, "msg_1", "one");
	put(store, STORE_MESSAGE, "msg_2", "two");
	ck_assert_int_eq(store_file_sync(store, NULL), RC_OK);
	store_file_free(store);
	(void)folder_read(&folder, "s", whole, sizeof(whole));
	whole[30] ^= 1;
	folder_write(&folder, "s", whole, 0600);
	store = NULL;
	ck_assert_int_eq(store_file_open(folder_path(&folder, "s", path), note,
			     seen, &store, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, "store_damaged");
	ck_assert_ptr_null(store);
	folder_clear(&folder);
}
END_TEST

START_TEST(too_large_a_record_is_refused_alone)
{
	struct folder folder;
	char seen[SEEN_SIZE];
	size_t size = 7U * STORE_FILE_BODY_LIMIT;
	char *large = malloc(size);
	struct store_record record = {
		.kind = STORE_MESSAGE, .id = "msg_9", .body = large
	};
	struct store_file *store;
	struct err err;

	folder_init(&folder);
	memset(large, 'x', size - 1);
	large[size - 1] = '\0';
	store = open_store(&folder, seen);
	put(store, STORE_MESSAGE, "msg_1", "one");
	ck_assert_int_eq(store_file_append(store, &record, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "record_too_large");
	ck_assert_int_eq(store_file_sync(store, NULL), RC_OK);
	store_file_free(store);
	store_file_free(open_store(&folder, seen));
	ck_assert_str_eq(seen, "0:msg_1:tgt_a:1:201:one;");
	free(large);
	folder_clear(&folder);
}
END_TEST

START_TEST(repeat_is_told_from_new_also_after_a_restart)
{
	struct folder folder;
	char seen[SEEN_SIZE] = "", path[FOLDER_PATH_SIZE];
	const struct store_record one = {
		.kind = STORE_MESSAGE, .id = "msg_1", .body = "one"
	};
	const struct store_record two = {
		.kind = STORE_MESSAGE, .id = "msg_2", .body = "two"
	};
	struct journal *journal = NULL;

	folder_init(&folder);
	(void)folder_path(&folder, "s", path);
	ck_assert_int_eq(journal_open(path, note, seen, &journal, NULL), RC_OK);
	ck_assert_int_eq(journal_write(journal, &one), JOURNAL_STORED);
	ck_assert_int_eq(journal_write(journal, &one), JOURNAL_REPEATED);
	journal_close(journal);
	ck_assert_int_eq(journal_open(path, note, seen, &journal, NULL), RC_OK);
	ck_assert_str_eq(seen, "0:msg_1::0:0:one;");
	ck_assert_int_eq(journal_write(journal, &one), JOURNAL_REPEATED);
	ck_assert_int_eq(journal_write(journal, &two), JOURNAL_STORED);
	journal_close(journal);
	folder_clear(&folder);
}
END_TEST

static enum rc
replay(struct work *work, enum store_kind kind, const char *target, int n,
    int status, const char *body)
{
	const struct store_record record = { .kind = kind,
		.id = "msg_1",
		.target = target,
		.n = n,
		.status = status,
		.at = 1000,
		.body = body };

	return work_replay(work, &record, NULL);
}

static struct rules *
rules_of(const char *text)
{
	struct rules *rules = NULL;
	struct err err = { .text = "" };

	ck_assert_msg(rules_parse(text, strlen(text), &rules, &err) == RC_OK,
	    "%s", err.text);
	return rules;
}

START_TEST(restart_resumes_what_is_unanswered)
{
	SCOPED(rules_cleanup) struct rules *rules = rules_of(RULES);
	const struct work_target *target;
	struct work work;

	work_init(&work, rules);
	ck_assert_int_eq(replay(&work, STORE_MESSAGE, "", 0, 0, BODY), RC_OK);
	ck_assert_int_eq(
	    replay(&work, STORE_STEP, "tgt_a", 0, 0, "{first}"), RC_OK);
	target = &work.first->targets[0];
	ck_assert_str_eq(target->body, "{first}");
	ck_assert_int_eq(target->n, 0);
	ck_assert_int_eq(
	    replay(&work, STORE_POSTED, "tgt_a", 0, 201, ""), RC_OK);
	ck_assert_ptr_null(target->body);
	ck_assert_int_eq(target->n, 1);
	ck_assert_int_eq(target->due_at, 1000 + 50000);
	ck_assert(!target->is_over);
	ck_assert_int_eq(
	    replay(&work, STORE_POSTED, "tgt_a", 1, 201, ""), RC_OK);
	ck_assert(target->is_over);
	ck_assert(!work_is_over(work.first));
	ck_assert_int_eq(
	    replay(&work, STORE_POSTED, "tgt_b", 0, 422, ""), RC_OK);
	ck_assert(work_is_over(work.first));
	ck_assert_int_eq(replay(&work, STORE_DONE, "", 0, 0, ""), RC_OK);
	ck_assert_ptr_null(work.first);
	ck_assert_int_eq(
	    replay(&work, STORE_POSTED, "tgt_b", 1, 201, ""), RC_OK);
	work_clear(&work);
}
END_TEST

static const struct {
	const char *type;
	bool ends_older;
} newer[] = {
	{ "freeze.withdrawn", true },
	{ "correction.supplied", true },
	{ "freeze.amended", true },
	{ "deadline.warning", false },
	{ "test.ping", false },
};

START_TEST(newer_message_ends_what_an_older_one_waits_to_say)
{
	SCOPED(rules_cleanup) struct rules *rules = rules_of(RULES);
	char body[200];
	struct work work;

	work_init(&work, rules);
	(void)snprintf(body, sizeof(body),
	    "{\"id\":\"m\",\"type\":\"%s\",\"targets\":[{\"id\":\"tgt_b\"}]}",
	    newer[_i].type);
	ck_assert_int_eq(work_add(&work, "msg_1", 1, BODY, NULL), RC_OK);
	ck_assert_int_eq(work_add(&work, "msg_2", 2, body, NULL), RC_OK);
	ck_assert(!work.first->targets[0].is_over);
	ck_assert_int_eq(work.first->targets[1].is_over, newer[_i].ends_older);
	work_clear(&work);
}
END_TEST

static const struct {
	const char *plan;
	enum rc rc;
	int answers_of_a;
} plans[] = {
	{ "", RC_OK, 0 },
	{ " \n", RC_OK, 0 },
	{ "{\"answers\":[]}", RC_OK, 0 },
	{ "{\"answers\":[{\"target\":\"tgt_a\",\"body\":{\"code\":\"X\"}},"
	  "{\"target\":\"tgt_b\",\"body\":{\"code\":\"X\"}},"
	  "{\"target\":\"tgt_a\",\"after_ms\":5,\"body\":{\"code\":\"Y\"}}]}",
	    RC_OK, 2 },
	{ "{\"code\":\"NIL_BAL\"}", RC_INVALID, 0 }, /* for which of two? */
	{ "{\"answers\":{}}", RC_INVALID, 0 },
	{ "{\"answers\":[{\"target\":\"tgt_a\"}]}", RC_INVALID, 0 },
	{ "{\"answers\":[{\"body\":{\"code\":\"X\"}}]}", RC_INVALID, 0 },
	{ "[]", RC_INVALID, 0 },
	{ "held", RC_MALFORMED, 0 },
};

START_TEST(program_says_the_answers_of_each_target)
{
	struct work_target *target;
	struct work work;
	int64_t after_ms;
	int count = 0;

	work_init(&work, NULL);
	ck_assert_int_eq(work_add(&work, "msg_1", 1, BODY, NULL), RC_OK);
	ck_assert(!work_is_over(work.first));
	ck_assert_int_eq(
	    work_plan(work.first, plans[_i].plan, NULL), plans[_i].rc);
	target = &work.first->targets[0];
	while (plans[_i].rc == RC_OK &&
	    work_answer(work.first, target, count, &after_ms) != NULL)
		count++;
	ck_assert_int_eq(count, plans[_i].answers_of_a);
	work_clear(&work);
}
END_TEST

START_TEST(ids_are_never_forgotten)
{
	struct id_table *table = id_table_new();
	char id[32];

	for (int i = 0; i < IDS; i++) {
		(void)snprintf(id, sizeof(id), "msg_%d", i);
		ck_assert(id_table_add(table, id));
		ck_assert(!id_table_add(table, id));
	}
	ck_assert_uint_eq(id_table_count(table), IDS);
	for (int i = 0; i < IDS; i++) {
		(void)snprintf(id, sizeof(id), "msg_%d", i);
		ck_assert(id_table_has(table, id));
	}
	ck_assert(!id_table_has(table, "msg_5000"));
	ck_assert(!id_table_has(table, ""));
	id_table_remove(table, "msg_7");
	id_table_remove(table, "msg_7");
	ck_assert(!id_table_has(table, "msg_7"));
	ck_assert_uint_eq(id_table_count(table), IDS - 1);
	id_table_free(table);
}
END_TEST

Suite *
nodal_store_suite(void)
{
	Suite *suite = suite_create("nodal_store");
	TCase *tcase = tcase_create("nodal_store");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, what_was_synced_is_there_again);
	tcase_add_test(tcase, second_process_is_kept_out);
	tcase_add_test(tcase, torn_end_is_cut_off_wherever_it_is);
	tcase_add_test(tcase, damage_before_the_end_is_refused);
	tcase_add_test(tcase, too_large_a_record_is_refused_alone);
	tcase_add_test(tcase, repeat_is_told_from_new_also_after_a_restart);
	tcase_add_test(tcase, restart_resumes_what_is_unanswered);
	tcase_add_loop_test(tcase,
	    newer_message_ends_what_an_older_one_waits_to_say, 0,
	    (int)COUNT(newer));
	tcase_add_loop_test(tcase, program_says_the_answers_of_each_target, 0,
	    (int)COUNT(plans));
	tcase_add_test(tcase, ids_are_never_forgotten);
	suite_add_tcase(suite, tcase);
	return suite;
}
