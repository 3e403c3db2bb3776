/*
 * Time: see clock.h.  The calendar arithmetic is timegm's and gmtime_r's.
 */
#include "hub/base/clock.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

static int64_t
clock_read(clockid_t id)
{
	struct timespec now;

	(void)clock_gettime(id, &now);
	return (int64_t)now.tv_sec * CLOCK_SECOND + now.tv_nsec / 1000;
}

int64_t
clock_now(void)
{
	return clock_read(CLOCK_REALTIME);
}

int64_t
clock_monotonic(void)
{
	return clock_read(CLOCK_MONOTONIC);
}

/* So many digits and the mark behind them. */
static char *
digits_write(char *text, int count, long number, char mark)
{
	for (int i = count - 1; i >= 0; i--, number /= 10)
		text[i] = (char)('0' + number % 10);
	text[count] = mark;
	return text + count + 1;
}

char *
clock_format(int64_t at, int decimals, char *text)
{
	time_t seconds = (time_t)(at / CLOCK_SECOND);
	long micros = (long)(at % CLOCK_SECOND);
	char *to = text;
	struct tm tm;

	if (micros < 0) {
		micros += CLOCK_SECOND;
		seconds--;
	}
	(void)gmtime_r(&seconds, &tm);
	to = digits_write(to, 4, tm.tm_year + 1900, '-');
	to = digits_write(to, 2, tm.tm_mon + 1, '-');
	to = digits_write(to, 2, tm.tm_mday, 'T');
	to = digits_write(to, 2, tm.tm_hour, ':');
	to = digits_write(to, 2, tm.tm_min, ':');
	to = digits_write(to, 2, tm.tm_sec, '.');
	to = decimals == 3 ? digits_write(to, 3, micros / 1000, 'Z')
			   : digits_write(to, 6, micros, 'Z');
	*to = '\0';
	return text;
}

/* Exactly `count` digits at *text, at most `most`; moves *text on. */
static bool
digits_read(const char **text, int count, int most, int *number)
{
	*number = 0;
	for (int i = 0; i < count; i++) {
		if (!isdigit((unsigned char)(*text)[i]))
			return false;
		*number = *number * 10 + ((*text)[i] - '0');
	}
	*text += count;
	return *number <= most;
}

static bool
fraction_read(const char **text, int64_t *micros)
{
	int64_t scale = CLOCK_SECOND / 10;
	int count = 0;

	*micros = 0;
	if (**text != '.')
		return true;
	for ((*text)++; isdigit((unsigned char)**text); (*text)++, count++) {
		*micros += (**text - '0') * scale;
		scale /= 10;
	}
	return count >= 1 && count <= 9;
}

/* "Z", "+05:30" or "-03:00": seconds east of UTC. */
static bool
offset_read(const char **text, int *offset)
{
	int sign, hours, minutes;

	*offset = 0;
	if (**text == 'Z' || **text == 'z') {
		(*text)++;
		return true;
	}
	if (**text != '+' && **text != '-')
		return false;
	sign = **text == '-' ? -1 : 1;
	(*text)++;
	if (!digits_read(text, 2, 23, &hours) || *(*text)++ != ':' ||
	    !digits_read(text, 2, 59, &minutes))
		return false;
	*offset = sign * (hours * 3600 + minutes * 60);
	return true;
}

static bool
separator_read(const char **text, const char *allowed)
{
	if (**text == '\0' || strchr(allowed, **text) == NULL)
		return false;
	(*text)++;
	return true;
}

bool
clock_parse(const char *text, int64_t *at)
{
	struct tm tm = { .tm_isdst = 0 }, wanted;
	int year, month, offset;
	int64_t micros;
	time_t seconds;

	if (!digits_read(&text, 4, 9999, &year) ||
	    !separator_read(&text, "-") || !digits_read(&text, 2, 12, &month) ||
	    !separator_read(&text, "-") ||
	    !digits_read(&text, 2, 31, &tm.tm_mday) ||
	    !separator_read(&text, "Tt") ||
	    !digits_read(&text, 2, 23, &tm.tm_hour) ||
	    !separator_read(&text, ":") ||
	    !digits_read(&text, 2, 59, &tm.tm_min) ||
	    !separator_read(&text, ":") ||
	    !digits_read(&text, 2, 59, &tm.tm_sec) ||
	    !fraction_read(&text, &micros) || !offset_read(&text, &offset) ||
	    *text != '\0' || year < 1970 || month < 1 || tm.tm_mday < 1)
		return false;
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	wanted = tm;
	seconds = timegm(&tm);
	if (tm.tm_mday != wanted.tm_mday || tm.tm_mon != wanted.tm_mon)
		return false; /* 30 February */
	*at = ((int64_t)seconds - offset) * CLOCK_SECOND + micros;
	return *at >= 0;
}
