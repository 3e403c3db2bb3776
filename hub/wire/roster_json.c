/*
 * Rosters as JSON: see roster_json.h.
 */
#include "hub/wire/roster_json.h"

#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"
#include "hub/wire/json_writer.h"

#define DAY (INT64_C(86400) * CLOCK_SECOND)

enum { TEXT_BYTES = 16, TIME_LENGTH = 5, STAMP_SIZE = 32 };

/* ---- reading */

static int
two_digits(const char *text)
{
	if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
		return -1;
	return (text[0] - '0') * 10 + (text[1] - '0');
}

/* "08:30", up to "24:00", as minutes; -1: it is none. */
static int
minute_of(const char *text)
{
	int hours, minutes;

	if (strlen(text) != TIME_LENGTH || text[2] != ':')
		return -1;
	hours = two_digits(text);
	minutes = two_digits(text + 3);
	if (hours < 0 || minutes < 0 || minutes > 59 ||
	    hours * 60 + minutes > ROSTER_DAY_MINUTES)
		return -1;
	return hours * 60 + minutes;
}

static enum rc
take_span(struct shift_draft *shift, const char *from, const char *until,
    struct err *err)
{
	shift->from = minute_of(from);
	shift->until = minute_of(until);
	if (shift->from < 0)
		return err_at(err, RC_INVALID, "/from", "bad_form",
		    "a time of day is HH:MM");
	if (shift->until < 0)
		return err_at(err, RC_INVALID, "/until", "bad_form",
		    "a time of day is HH:MM, 24:00 at most");
	/* A night is two shifts: one until 24:00, one from 00:00. */
	if (shift->until <= shift->from)
		return err_at(err, RC_INVALID, "/until", "bad_order",
		    "must be after from, on the same day");
	return RC_OK;
}

static enum rc
read_weekly(const struct json_node *node, void *out, struct err *err)
{
	struct shift_draft *shift = out;
	const char *from = "", *until = "";
	const struct json_member members[] = {
		MEMBER_WORD_SET(
		    "days", JSON_REQUIRED, &weekday_words, &shift->weekdays),
		MEMBER_TEXT("from", JSON_REQUIRED, TEXT_BYTES, &from),
		MEMBER_TEXT("until", JSON_REQUIRED, TEXT_BYTES, &until),
		MEMBER_IDS("on_duty", JSON_REQUIRED, ROSTER_POOL, ID_PRINCIPAL,
		    &shift->people, &shift->people_count),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	if (shift->weekdays == 0)
		return err_at(err, RC_INVALID, "/days", "too_few",
		    "a shift has a weekday at least");
	if (shift->people_count == 0)
		return err_at(err, RC_INVALID, "/on_duty", "too_few",
		    "somebody is on duty");
	return take_span(shift, from, until, err);
}

static enum rc
take_date(struct shift_draft *shift, const char *date, struct err *err)
{
	char stamp[STAMP_SIZE];
	int64_t at;

	(void)snprintf(stamp, sizeof(stamp), "%sT00:00:00Z", date);
	if (!clock_parse(stamp, &at) || at <= 0)
		return err_at(err, RC_INVALID, "/date", "bad_form",
		    "a date is YYYY-MM-DD");
	shift->day = at / DAY;
	return RC_OK;
}

static enum rc
read_exception(const struct json_node *node, void *out, struct err *err)
{
	struct shift_draft *shift = out;
	const char *date = "", *from = "", *until = "";
	const struct json_member members[] = {
		MEMBER_TEXT("date", JSON_REQUIRED, TEXT_BYTES, &date),
		MEMBER_BOOL("closed", JSON_OPTIONAL, &shift->is_closed),
		MEMBER_TEXT("from", JSON_OPTIONAL, TEXT_BYTES, &from),
		MEMBER_TEXT("until", JSON_OPTIONAL, TEXT_BYTES, &until),
		MEMBER_IDS("on_duty", JSON_OPTIONAL, ROSTER_POOL, ID_PRINCIPAL,
		    &shift->people, &shift->people_count),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	TRY(take_date(shift, date, err));
	if (shift->is_closed) {
		shift->until = ROSTER_DAY_MINUTES;
		if (from[0] != '\0' || until[0] != '\0' ||
		    shift->people_count > 0)
			return err_at(err, RC_INVALID, "/closed",
			    "not_allowed_here",
			    "nobody is on duty on a closed date");
		return RC_OK;
	}
	if (shift->people_count == 0)
		return err_at(err, RC_INVALID, "/on_duty", "too_few",
		    "somebody is on duty, or the date is closed");
	return take_span(shift, from, until, err);
}

static enum rc
read_roster(const struct json_node *node, void *out, struct err *err)
{
	struct set_roster *roster = out;
	const struct json_member members[] = {
		MEMBER_LIST("weekly", JSON_REQUIRED, ROSTER_SHIFTS, read_weekly,
		    &roster->weekly, &roster->weekly_count),
		MEMBER_LIST("exceptions", JSON_OPTIONAL, ROSTER_SHIFTS,
		    read_exception, &roster->exceptions,
		    &roster->exception_count),
	};

	return json_read_members(node, members, COUNT(members), err);
}

enum rc
roster_json_read(
    const char *body, size_t length, struct command *command, struct err *err)
{
	struct set_roster *roster = &command->roster;

	*roster = (struct set_roster){ .institution = roster->institution };
	return json_read(
	    body, length, command->arena, read_roster, roster, err);
}

/* ---- writing */

static void
write_minute(struct strbuf *out, const char *key, int minute)
{
	char text[STAMP_SIZE];

	(void)snprintf(
	    text, sizeof(text), "%02d:%02d", minute / 60, minute % 60);
	json_write_text(out, key, text);
}

static bool
is_of(const struct shift *shift, const struct id *institution, bool is_dated)
{
	return id_equal(&shift->institution, institution) &&
	    (shift->weekday < 0) == is_dated;
}

/* The rows of one shift stand behind each other: a weekday's people first. */
static void
write_days(struct strbuf *out, const struct shift *shifts, size_t count)
{
	uint32_t days = 0;

	for (size_t i = 0; i < count; i++)
		if (id_equal(&shifts[i].institution, &shifts[0].institution) &&
		    shifts[i].number == shifts[0].number &&
		    shifts[i].weekday >= 0) /* a date may have its number */
			days |= UINT32_C(1) << shifts[i].weekday;
	json_write_array(out, "days");
	for (int day = 0; day < ROSTER_WEEK; day++)
		if ((days & UINT32_C(1) << day) != 0)
			json_write_word(out, NULL, &weekday_words, day);
	json_write_array_end(out);
}

static void
write_people(struct strbuf *out, const struct shift *shifts, size_t count)
{
	json_write_array(out, "on_duty");
	for (size_t i = 0; i < count; i++)
		if (id_equal(&shifts[i].institution, &shifts[0].institution) &&
		    shifts[i].number == shifts[0].number &&
		    shifts[i].weekday == shifts[0].weekday)
			json_write_id(
			    out, NULL, ID_PRINCIPAL, &shifts[i].principal);
	json_write_array_end(out);
}

static void
write_shift(struct strbuf *out, const struct shift *shifts, size_t count)
{
	const struct shift *shift = &shifts[0];
	char stamp[CLOCK_TEXT_SIZE];

	json_write_object(out, NULL);
	if (shift->weekday >= 0) {
		write_days(out, shifts, count);
	} else {
		(void)clock_format(shift->day * DAY, 0, stamp);
		stamp[strlen("2026-03-14")] = '\0';
		json_write_text(out, "date", stamp);
	}
	if (id_is_zero(&shift->principal)) {
		json_write_bool(out, "closed", true);
	} else {
		write_minute(out, "from", shift->from);
		write_minute(out, "until", shift->until);
		write_people(out, shifts, count);
	}
	json_write_object_end(out);
}

static void
write_list(struct strbuf *out, const char *key, const struct registry *registry,
    const struct id *institution, bool is_dated)
{
	const struct shift *shifts;
	size_t count;
	int last = -1;

	shifts = registry_shifts(registry, &count);
	json_write_array(out, key);
	for (size_t i = 0; i < count; i++) {
		if (!is_of(&shifts[i], institution, is_dated) ||
		    shifts[i].number == last)
			continue;
		last = shifts[i].number;
		write_shift(out, &shifts[i], count - i);
	}
	json_write_array_end(out);
}

void
roster_json_write(struct strbuf *out, const struct registry *registry,
    const struct id *institution)
{
	write_list(out, "weekly", registry, institution, false);
	write_list(out, "exceptions", registry, institution, true);
}

void
roster_json_duty(struct strbuf *out, const char *key, const struct duty *duty)
{
	if (!duty->has_roster)
		return;
	json_write_array(out, key);
	for (size_t i = 0; i < duty->count; i++) {
		json_write_object(out, NULL);
		json_write_id(out, "id", ID_PRINCIPAL, &duty->people[i]->id);
		json_write_text(out, "name", duty->people[i]->name);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}
