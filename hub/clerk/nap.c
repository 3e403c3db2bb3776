/*
 * Waiting: see nap.h.
 */
#include "hub/clerk/nap.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "hub/base/log.h"

void
nap_init(struct nap *nap)
{
	nap->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (nap->fd < 0)
		log_panic(
		    "no descriptor to wait on", "why", strerror(errno), NULL);
}

void
nap_clear(struct nap *nap)
{
	(void)close(nap->fd);
}

void
nap_wake(struct nap *nap)
{
	const uint64_t one = 1;

	(void)!write(nap->fd, &one, sizeof(one));
}

void
nap_wait(struct nap *nap, int milliseconds)
{
	struct pollfd wait = { nap->fd, POLLIN, 0 };
	uint64_t count;

	if (poll(&wait, 1, milliseconds) == 1)
		(void)!read(nap->fd, &count, sizeof(count));
}

void
nap_pause(int milliseconds)
{
	(void)poll(NULL, 0, milliseconds);
}
