/*
 * Channels: see channel.h.
 */
#include "hub/dispatch/channel.h"

#include <sys/epoll.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"

static enum rc
watch(struct channel *channel, struct err *err)
{
	channel->fd = db_socket(channel->db);
	return courier_watch(channel->courier, channel->fd, EPOLLIN,
	    channel->ready, channel->context, err);
}

enum rc
channel_start(struct channel *channel, struct courier *courier,
    const struct db_settings *settings, courier_ready *ready, void *context,
    struct err *err)
{
	*channel = (struct channel){
		.courier = courier, .fd = -1, .ready = ready, .context = context
	};
	TRY(db_open(settings, &channel->db, err));
	ask_init(&channel->ask, channel->db);
	return watch(channel, err);
}

/* Before the descriptor is closed: its number may be another's afterwards. */
static void
forget_socket(struct channel *channel)
{
	struct err err;

	if (channel->fd >= 0)
		(void)!courier_watch(channel->courier, channel->fd, 0,
		    channel->ready, channel->context, &err);
	channel->fd = -1;
}

void
channel_stop(struct channel *channel)
{
	forget_socket(channel);
	ask_clear(&channel->ask);
	db_close(channel->db);
	channel->db = NULL;
}

bool
channel_is_idle(const struct channel *channel)
{
	return channel->fd >= 0 && !ask_is_open(&channel->ask);
}

void
channel_break(struct channel *channel)
{
	forget_socket(channel);
	ask_clear(&channel->ask);
}

bool
channel_mend(struct channel *channel)
{
	struct err err;
	int64_t now = clock_monotonic();

	if (channel->fd >= 0 || now < channel->retry_at)
		return false;
	channel->retry_at = now + CLOCK_SECOND;
	if (db_reopen(channel->db, &err) != RC_OK) {
		log_warn(
		    "the dispatcher has no database", "why", err.text, NULL);
		return false;
	}
	if (watch(channel, &err) == RC_OK)
		return true;
	log_error("a session cannot be watched", "why", err.text, NULL);
	forget_socket(channel);
	return false;
}
