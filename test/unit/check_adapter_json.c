/*
 * adapter_json: the envelopes.  test/openapi/envelope.test.mjs holds many of
 * them against JSON.stringify.
 */
#include "test/unit/parts.h"
#include "test/unit/unit.h"

#include <jansson.h>

#include "adapters/adapter.h"
#include "hub/domain/adapter_kind.h"

enum { LIMIT = 256 << 10, ARENA = 1 << 20 };

static struct arena *arena;
static struct registry *registry;
static struct snapshot snapshot;
static struct strbuf out;
static struct actor officer;
static struct envelope envelope;
static const struct target *targets[2];
static const struct txn *txns[2];
static const struct institution *institutions[2];

static void
make_world(void)
{
	struct id id;

	arena = arena_new(ARENA);
	registry = parts_registry();
	snapshot_init(&snapshot, arena, registry);
	parts_fill(&snapshot);
	strbuf_init(&out, LIMIT);
	officer = (struct actor){ .rank = "SI", .key = { 0xab } };
	targets[0] = snapshot_target(
	    &snapshot, (id = parts_id(PARTS_TARGET), &id));
	targets[1] = snapshot_target(
	    &snapshot, (id = parts_id(PARTS_SECOND_TARGET), &id));
	txns[0] = snapshot_txn(&snapshot, (id = parts_id(PARTS_TXN), &id));
	txns[1] = NULL;
	institutions[0] = registry_institution_named(registry, "malabar_bank");
	institutions[1] = NULL;
	envelope = (struct envelope){ .id = parts_id(PARTS_MESSAGE),
		.type = MESSAGE_FREEZE_REQUESTED,
		.created_at = PARTS_AT,
		.targets = targets,
		.txns = txns,
		.institutions = institutions,
		.target_count = 1,
		.unit = registry_institution_named(registry, "kl_kochi_cyber"),
		.officer = &officer,
		.note = "" };
	envelope.case_file = snapshot_case(
	    &snapshot, (id = parts_id(PARTS_CASE), &id));
	envelope.request = snapshot_request(
	    &snapshot, (id = parts_id(PARTS_REQUEST), &id));
}

static void
end_world(void)
{
	strbuf_clear(&out);
	registry_unref(registry);
	arena_free(arena);
}

static json_t *
written(void)
{
	struct err err;
	json_t *root;

	strbuf_reset(&out);
	ck_assert_int_eq(adapter_json.write(&envelope, &out, &err), RC_OK);
	root = json_loads(out.bytes, 0, NULL);
	ck_assert_msg(root != NULL, "no JSON: %s", out.bytes);
	return root;
}

static const char *
text_at(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

START_TEST(freeze_request_has_the_form_of_the_design)
{
	json_decref(written());
	ck_assert_str_eq(out.bytes,
	    "{\"id\":\"msg_0a000000000000000000000000\","
	    "\"type\":\"freeze.requested\",\"spec\":\"1.0\","
	    "\"created_at\":\"2026-03-12T07:20:00.123Z\","
	    "\"case\":{\"ref\":\"IN-KL-2026-000123-C\","
	    "\"typology\":\"card_present\",\"authorised\":\"yes\","
	    "\"reported_at\":\"2026-03-12T07:20:00.123Z\"},"
	    "\"request\":{\"id\":\"frq_06000000000000000000000000\","
	    "\"generation\":1,\"action\":\"HOLD_AMOUNT\","
	    "\"scope\":\"amount\",\"priority\":\"p1\","
	    "\"authority\":{\"profile\":\"IN@2026-01-02\","
	    "\"basis\":\"BNSS_106\",\"officer\":{\"spki_sha256\":"
	    "\"ab0000000000000000000000000000000000000000000000000"
	    "0000000000000\","
	    "\"rank\":\"SI\",\"unit\":\"kl_kochi_cyber\"},\"docs\":[]},"
	    "\"expires_at\":\"2026-03-12T07:20:00.123Z\","
	    "\"successor\":\"release\"},"
	    "\"targets\":[{\"id\":\"tgt_07000000000000000000000000\","
	    "\"layer\":1,\"generation\":1,"
	    "\"identifier\":{\"type\":\"in_account\","
	    "\"value\":\"004410220197\",\"ifsc\":\"MLBX0000044\"},"
	    "\"holder\":\"A. Mule\","
	    "\"txn\":{\"type\":\"rrn\",\"value\":\"607111173345\","
	    "\"channel\":\"card_present\","
	    "\"money\":{\"amount\":\"700000.00\",\"currency\":\"INR\"},"
	    "\"at\":\"2026-03-12T07:20:00.123Z\"},"
	    "\"amount_requested\":{\"amount\":\"699614.00\","
	    "\"currency\":\"INR\"}}]}");
}
END_TEST

START_TEST(adapter_is_found_by_its_name)
{
	ck_assert_ptr_eq(adapter_find("json"), &adapter_json);
	ck_assert_str_eq(adapter_json.content_type, "application/json");
	ck_assert_ptr_eq(adapter_find("cloudevents"), &adapter_cloudevents);
	for (int i = 0; i < ADAPTER_KIND_COUNT; i++) {
		const char *name = words_name(&adapter_kind_words, i);

		ck_assert_ptr_nonnull(adapter_find(name));
		ck_assert_str_eq(adapter_kind_content_type(name),
		    adapter_find(name)->content_type);
	}
	ck_assert_ptr_null(adapter_find("xml"));
	ck_assert_ptr_null(adapter_find(""));
}
END_TEST

static const enum message_type all_types[] = {
	MESSAGE_FREEZE_REQUESTED,
	MESSAGE_FREEZE_WITHDRAWN,
	MESSAGE_RELEASE_ORDERED,
	MESSAGE_CORRECTION_SUPPLIED,
	MESSAGE_DEADLINE_WARNING,
	MESSAGE_TEST_PING,
	MESSAGE_RECEIPT_RECORDED,
	MESSAGE_RESPONSE_RECORDED,
	MESSAGE_LEAD_CREATED,
	MESSAGE_TARGET_UNDELIVERABLE,
};

START_TEST(complainant_is_in_no_message)
{
	envelope.type = all_types[_i];
	json_decref(written());
	ck_assert_ptr_null(strstr(out.bytes, "ecret"));
}
END_TEST

START_TEST(police_sees_identifiers_masked)
{
	static const char *const hidden[] = { "004410220197", "607111173345",
		"A. Mule" };
	json_t *root;

	envelope.type = all_types[_i];
	root = written();
	for (size_t i = 0; i < COUNT(hidden); i++)
		ck_assert_ptr_null(strstr(out.bytes, hidden[i]));
	ck_assert_ptr_nonnull(strstr(out.bytes, "\"masked\":"));
	ck_assert_ptr_nonnull(strstr(out.bytes, "+914845550201"));
	json_decref(root);
}
END_TEST

static const struct {
	enum message_type type;
	const char *object, *member;
} notes[] = {
	{ MESSAGE_FREEZE_WITHDRAWN, "withdrawal", "reason" },
	{ MESSAGE_RELEASE_ORDERED, "release", "reason" },
	{ MESSAGE_CORRECTION_SUPPLIED, "correction", "note" },
	{ MESSAGE_DEADLINE_WARNING, "reminder", "note" },
};

START_TEST(note_stands_where_its_type_has_it)
{
	json_t *root, *object;

	envelope.type = notes[_i].type;
	envelope.note = "because";
	snapshot.targets[1]->reminders = 2;
	root = written();
	object = json_object_get(root, notes[_i].object);
	ck_assert_str_eq(text_at(object, notes[_i].member), "because");
	ck_assert_int_eq(json_integer_value(json_object_get(object, "n")),
	    notes[_i].type == MESSAGE_DEADLINE_WARNING ? 2 : 0);
	json_decref(root);
}
END_TEST

START_TEST(release_says_what_is_held)
{
	json_t *root, *target;

	envelope.type = MESSAGE_RELEASE_ORDERED;
	snapshot.targets[1]->held_minor = 100;
	snapshot.targets[1]->hold_ref = "H-1";
	root = written();
	target = json_array_get(json_object_get(root, "targets"), 0);
	ck_assert_str_eq(text_at(target, "hold_ref"), "H-1");
	ck_assert_str_eq(
	    text_at(json_object_get(target, "amount_held"), "amount"), "1.00");
	json_decref(root);
}
END_TEST

START_TEST(answer_goes_to_the_police_without_its_leads)
{
	const struct respond answer = { .code = RESPONSE_REJ_MISMATCH,
		.hold_ref = "",
		.prior_authority = "",
		.note = "another holder",
		.mismatches = 1u << MISMATCH_NAME | 1u << MISMATCH_TIME,
		.lead_count = 2 };
	json_t *root, *said;

	envelope.type = MESSAGE_RESPONSE_RECORDED;
	envelope.answer = &answer;
	envelope.about = institutions[0];
	root = written();
	said = json_object_get(root, "response");
	ck_assert_str_eq(text_at(said, "code"), "REJ_MISMATCH");
	ck_assert_str_eq(text_at(said, "note"), "another holder");
	ck_assert_uint_eq(
	    json_array_size(json_object_get(said, "mismatch")), 2);
	ck_assert_int_eq(json_integer_value(json_object_get(said, "leads")), 2);
	ck_assert_ptr_null(json_object_get(said, "hold_ref"));
	ck_assert_str_eq(text_at(json_object_get(root, "institution"), "slug"),
	    "malabar_bank");
	json_decref(root);
}
END_TEST

START_TEST(ping_has_only_a_head)
{
	json_t *root;

	envelope = (struct envelope){ .id = parts_id(PARTS_MESSAGE),
		.type = MESSAGE_TEST_PING,
		.created_at = PARTS_AT,
		.note = "" };
	root = written();
	ck_assert_uint_eq(json_object_size(root), 4);
	json_decref(root);
}
END_TEST

START_TEST(type_without_a_layout_is_our_fault)
{
	struct err err;

	envelope.type = MESSAGE_KEY_ROTATED;
	ck_assert_int_eq(adapter_json.write(&envelope, &out, &err), RC_FAILED);
	ck_assert_str_eq(err.code, "no_such_layout");
}
END_TEST

START_TEST(cloud_event_holds_the_envelope_unchanged)
{
	SCOPED(strbuf_clear) struct strbuf event;
	struct err err;
	json_t *data = written(), *root, *other;

	strbuf_init(&event, ENVELOPE_SIZE_LIMIT);
	ck_assert_int_eq(
	    adapter_cloudevents.write(&envelope, &event, &err), RC_OK);
	root = json_loads(event.bytes, JSON_REJECT_DUPLICATES, NULL);
	ck_assert_ptr_nonnull(root);
	ck_assert_str_eq(
	    json_string_value(json_object_get(root, "specversion")), "1.0");
	ck_assert_str_eq(json_string_value(json_object_get(root, "id")),
	    json_string_value(json_object_get(data, "id")));
	ck_assert_str_eq(json_string_value(json_object_get(root, "type")),
	    json_string_value(json_object_get(data, "type")));
	ck_assert_str_eq(json_string_value(json_object_get(root, "subject")),
	    json_string_value(
		json_object_get(json_object_get(data, "request"), "id")));
	other = json_object_get(root, "data");
	ck_assert(json_equal(other, data));
	ck_assert_uint_eq(json_object_size(root), 8);
	json_decref(root);
	json_decref(data);
}
END_TEST

START_TEST(cloud_event_over_twenty_kilobytes_is_refused)
{
	enum { MANY = 128 };
	const struct target *many[MANY];
	struct err err;

	for (size_t i = 0; i < MANY; i++)
		many[i] = targets[0];
	envelope.targets = many;
	envelope.txns = NULL;
	envelope.target_count = MANY;
	ck_assert_int_eq(
	    adapter_cloudevents.write(&envelope, &out, &err), RC_TOO_LARGE);
	ck_assert_str_eq(err.code, "envelope_too_large");
}
END_TEST

START_TEST(message_over_twenty_kilobytes_is_refused)
{
	enum { MANY = 128 };
	const struct target *many[MANY];
	struct err err;

	for (size_t i = 0; i < MANY; i++)
		many[i] = targets[0];
	envelope.targets = many;
	envelope.txns = NULL;
	envelope.target_count = MANY;
	ck_assert_int_eq(
	    adapter_json.write(&envelope, &out, &err), RC_TOO_LARGE);
	ck_assert_str_eq(err.code, "envelope_too_large");
	strbuf_reset(&out);
	envelope.target_count = MANY / 2;
	ck_assert_int_eq(adapter_json.write(&envelope, &out, &err), RC_OK);
	ck_assert_uint_le(out.length, ENVELOPE_SIZE_LIMIT);
}
END_TEST

/* A note has at most 2,000 bytes, and one byte at most six of JSON. */
START_TEST(longest_note_fits)
{
	enum { NOTE = 2000, HOLDER = 200 };
	char note[NOTE + 1], holder[HOLDER + 1];

	memset(note, 1, NOTE);
	memset(holder, 1, HOLDER);
	note[NOTE] = holder[HOLDER] = '\0';
	envelope.type = MESSAGE_CORRECTION_SUPPLIED;
	envelope.note = note;
	snapshot.targets[1]->holder = holder;
	json_decref(written());
	ck_assert_uint_gt(out.length, 6 * NOTE);
}
END_TEST

Suite *
adapter_json_suite(void)
{
	Suite *suite = suite_create("adapter_json");
	TCase *tcase = tcase_create("adapter_json");

	tcase_add_checked_fixture(tcase, make_world, end_world);
	tcase_add_test(tcase, freeze_request_has_the_form_of_the_design);
	tcase_add_test(tcase, adapter_is_found_by_its_name);
	tcase_add_loop_test(
	    tcase, complainant_is_in_no_message, 0, (int)COUNT(all_types));
	tcase_add_loop_test(
	    tcase, police_sees_identifiers_masked, 6, (int)COUNT(all_types));
	tcase_add_loop_test(
	    tcase, note_stands_where_its_type_has_it, 0, (int)COUNT(notes));
	tcase_add_test(tcase, release_says_what_is_held);
	tcase_add_test(tcase, answer_goes_to_the_police_without_its_leads);
	tcase_add_test(tcase, ping_has_only_a_head);
	tcase_add_test(tcase, type_without_a_layout_is_our_fault);
	tcase_add_test(tcase, cloud_event_holds_the_envelope_unchanged);
	tcase_add_test(tcase, cloud_event_over_twenty_kilobytes_is_refused);
	tcase_add_test(tcase, message_over_twenty_kilobytes_is_refused);
	tcase_add_test(tcase, longest_note_fits);
	suite_add_tcase(suite, tcase);
	return suite;
}
