/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Where an inventory comes from: this system through libudev, or a text. Sources do not
 * print; what a person has to be told comes back in a struct notice.
 *
 * Errors: 0 or -errno. -EBADMSG: the text is malformed, ret_notice says where and how.
 */

#include <stdio.h>

#include "inventory.h"
#include "paths.h"

/* One line for a person, escaped and complete: what, where, and how to go on. */
struct notice {
	char text[512];
};

__attribute__((format(printf, 2, 3))) void notice_set(struct notice *notice,
						      const char *format, ...);

struct source_options {
	const struct paths *paths;
	bool debugfs; /* to be read: never in a loop, see gather.c */
	/* The kernel log, in one call, and where nothing is there the configuration: they
	 * are long, and no loop needs them. */
	bool log;
	enum depth depth; /* see inventory.h */
};

/* Walks the devices of this system, or of the one below a directory. An empty
 * ret_notice->text: nothing to tell; else some files are for root only. What could not be
 * read for other reasons is in the inventory (unread.h). The caller owns *ret. */
int source_live(const struct source_options *options, struct inventory **ret,
		struct notice *ret_notice);

/* Adds what only a report says of that system: the kernel's configuration and log, loaded
 * modules. What cannot be read is left out. 0 or -ENOMEM. */
int source_about(struct inventory *inventory, const struct paths *paths);

/* Whether FACT_CONFIG has an option, built in or as module; "REMOTEPROC". */
bool source_has_option(const char *config, const char *option);

/* Adds the lines of the running kernel's log that concern this field. 0 or -ENOMEM. */
int source_log(struct inventory *inventory, const struct paths *paths);

/* Reads a text of any kind that is known by its content: a snapshot, a report, what
 * udevadm info --export-db prints, an ls -l listing. name is for messages ("-": standard
 * input). The caller owns *ret, file stays open. */
int source_text(FILE *file, const char *name, struct inventory **ret,
		struct notice *ret_notice);
