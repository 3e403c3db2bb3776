/*
 * Random numbers that a seed repeats on every machine.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct random {
	uint64_t state;
};

/* splitmix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 * Generators, 2014). */
uint64_t random_next(struct random *random);

/* From 0 to `below` - 1. */
int random_below(struct random *random, int below);

/* True in `percent` of 100. */
bool random_chance(struct random *random, int percent);
