/*
 * How the clerk's threads wait: for a while, or until somebody wakes them.
 */
#pragma once

struct nap {
	int fd; /* an eventfd */
};

void nap_init(struct nap *nap);
void nap_clear(struct nap *nap);

/* End the present wait, or the next.  Any thread. */
void nap_wake(struct nap *nap);

/* At most so long. */
void nap_wait(struct nap *nap, int milliseconds);

/* So long, whoever wakes; what was said meanwhile ends the next wait. */
void nap_pause(int milliseconds);
