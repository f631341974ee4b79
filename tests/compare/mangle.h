/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>

/* What mail programs do to a text. */
struct mangling {
	const char *name;
	char *(*mangle)(const char *text); /* a new string */
	bool lossy; /* may drop what nothing brings back: then refused, never wrong */
};

/* The end has a NULL name. */
extern const struct mangling manglings[];
