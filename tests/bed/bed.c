// SPDX-License-Identifier: GPL-2.0-or-later
#include "bed.h"

#include <stdio.h>
#include <stdlib.h>

struct outcome bed_run(const char *board, const char *command)
{
	const char *argv[] = {
		"umockdev-run", "-d", board, "--", "sh", "-c", NULL, NULL
	};
	struct outcome outcome;
	char *script;

	if (asprintf(&script, "sys=$UMOCKDEV_DIR/sys; %s", command) < 0)
		abort();
	argv[6] = script;
	outcome = spawn(NULL, argv);
	free(script);
	return outcome;
}
