/*
 * The present view of the registry: see registry_view.h.
 */
#include "hub/desk/registry_view.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/store/registry_load.h"

enum { POLL_MILLISECONDS = 500 };

/* `lock` guards the pointer and the flags, `loading` the connection; who
 * wants both takes `loading` first. */
struct registry_view {
	pthread_t thread;
	pthread_mutex_t lock, loading;
	pthread_cond_t wake;
	struct registry *registry;
	struct db *db;
	int64_t looked_at; /* monotonic */
	bool is_woken, is_stopping;
};

struct registry *
registry_view_get(struct registry_view *view)
{
	struct registry *registry;

	pthread_mutex_lock(&view->lock);
	registry = registry_ref(view->registry);
	pthread_mutex_unlock(&view->lock);
	return registry;
}

static void
replace(struct registry_view *view, struct registry *registry)
{
	struct registry *old = NULL;

	pthread_mutex_lock(&view->lock);
	view->looked_at = clock_monotonic();
	if (registry != NULL) {
		old = view->registry;
		view->registry = registry;
	}
	pthread_mutex_unlock(&view->lock);
	registry_unref(old);
}

/* With `loading` held. */
static enum rc
look(struct registry_view *view, struct err *err)
{
	struct registry *registry = NULL;
	int64_t version;

	if (db_is_broken(view->db))
		TRY(db_reopen(view->db, err));
	TRY(registry_load_version(view->db, &version, err));
	if (view->registry == NULL ||
	    registry_version(view->registry) != version)
		TRY(registry_load(view->db, &registry, err));
	replace(view, registry);
	return RC_OK;
}

void
registry_view_refresh(struct registry_view *view)
{
	struct err err;

	pthread_mutex_lock(&view->loading);
	if (look(view, &err) != RC_OK)
		log_warn("the registry cannot be read", "code", err.code,
		    "detail", err.text, NULL);
	pthread_mutex_unlock(&view->loading);
}

/* False when it is time to stop. */
static bool
wait_a_while(struct registry_view *view)
{
	struct timespec until;
	bool is_stopping;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += POLL_MILLISECONDS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	pthread_mutex_lock(&view->lock);
	while (!view->is_woken && !view->is_stopping &&
	    pthread_cond_timedwait(&view->wake, &view->lock, &until) == 0)
		;
	view->is_woken = false;
	is_stopping = view->is_stopping;
	pthread_mutex_unlock(&view->lock);
	return !is_stopping;
}

static void *
run(void *context)
{
	struct registry_view *view = context;

	while (wait_a_while(view))
		registry_view_refresh(view);
	return NULL;
}

static void
view_free(struct registry_view *view)
{
	registry_unref(view->registry);
	db_close(view->db);
	pthread_cond_destroy(&view->wake);
	pthread_mutex_destroy(&view->loading);
	pthread_mutex_destroy(&view->lock);
	free(view);
}

static void
init(struct registry_view *view)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&view->wake, &attributes);
	pthread_condattr_destroy(&attributes);
	pthread_mutex_init(&view->lock, NULL);
	pthread_mutex_init(&view->loading, NULL);
}

static enum rc
open_view(struct registry_view *view, const char *conninfo, struct err *err)
{
	struct db_settings settings = { .conninfo = conninfo,
		.application = "freezeline registry",
		.session = SESSION_CLERK };

	TRY(db_open(&settings, &view->db, err));
	TRY(look(view, err));
	if (pthread_create(&view->thread, NULL, run, view) != 0)
		return err_set(err, RC_FAILED, "no_thread",
		    "the registry's thread cannot be started");
	return RC_OK;
}

enum rc
registry_view_open(
    const char *conninfo, struct registry_view **view, struct err *err)
{
	struct registry_view *new = calloc(1, sizeof *new);
	enum rc rc;

	if (new == NULL)
		log_panic("out of memory", NULL);
	init(new);
	rc = open_view(new, conninfo, err);
	if (rc != RC_OK) {
		view_free(new);
		return rc;
	}
	*view = new;
	return RC_OK;
}

void
registry_view_close(struct registry_view *view)
{
	if (view == NULL)
		return;
	pthread_mutex_lock(&view->lock);
	view->is_stopping = true;
	pthread_cond_signal(&view->wake);
	pthread_mutex_unlock(&view->lock);
	pthread_join(view->thread, NULL);
	view_free(view);
}

void
registry_view_wake(struct registry_view *view)
{
	pthread_mutex_lock(&view->lock);
	view->is_woken = true;
	pthread_cond_signal(&view->wake);
	pthread_mutex_unlock(&view->lock);
}

int64_t
registry_view_age(struct registry_view *view)
{
	int64_t looked_at;

	pthread_mutex_lock(&view->lock);
	looked_at = view->looked_at;
	pthread_mutex_unlock(&view->lock);
	return clock_monotonic() - looked_at;
}
