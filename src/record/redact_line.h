/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "log.h"
#include "mask.h"

/* What must not be told, and what may be: names of devices and drivers. */
struct names {
	struct masks masks;
	struct masks known;
};

void names_release(struct names *names);

/* Adds the file that a line of the log names. 0 or -ENOMEM. */
int redact_learn(struct names *names, const struct log_line *line);

/* Leaves of a line its time and what the kernel is known to say, with names masked; false
 * in *ret_clean: nothing of it is known to be clean. 0 or -ENOMEM. */
int redact_line(const struct names *names, struct log_line *line, bool *ret_clean);
