/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdint.h>
#include <time.h>

/* Milliseconds of a clock that nobody sets. */
static inline int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* For poll(2): milliseconds until then, 0 when it has passed. */
static inline int clock_until(int64_t then)
{
	int64_t left = then - clock_now();

	return left < 0 ? 0 : left > INT32_MAX ? INT32_MAX : (int)left;
}
