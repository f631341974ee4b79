/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What the command watch prints: changes with the time at which they were seen. */

#include "diff.h"
#include "render.h"

/* One line: "TIME remoteproc0: running → crashed: fatal error"; a state that is what it
 * was is named once. reason: what the kernel log says of it, escaped; NULL: nothing. 0 or
 * -ENOMEM. */
int change_text(FILE *out, const struct change *change, const char *reason,
		const char *time, const struct render_options *options);

/* One object in one line, see json-schema/watch.schema.json: the keys of diff's changes,
 * time and reason. 0 or -ENOMEM. */
int change_json(FILE *out, const struct change *change, const char *reason,
		const char *time);
