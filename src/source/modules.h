/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "read.h"

/* Where libkmod looks. */
struct module_places {
	const char *directory;            /* /lib/modules/RELEASE of the root */
	const char *const *configuration; /* NULL-terminated; NULL: as modprobe has it */
};

/*
 * Records what libkmod says of each channel and rpmsg virtio device that has no driver:
 * FACT_MODULE, FACT_MODULE_STATE, FACT_BLACKLIST, and for the system FACT_ALIASES and
 * FACT_DRIVERS. Nothing is asked, and no index read, when every device has its driver.
 *
 * FACT_MODULE_STATE is one of:
 *   no-libkmod   this program, or its system, has none, so nothing is known
 *   no-index     there is no module index, so nothing is known
 *   none         no installed module has the alias
 *   not-loaded   FACT_MODULE has it and is not loaded
 *   live         it is loaded
 *   loading      it is on its way in or out
 *   builtin      it is built into the kernel
 *
 * 0 or -ENOMEM: a kmod that cannot be asked is recorded as no-index.
 */
int modules_record(struct reading *reading, const struct module_places *places);

/* The same, at the places of the root that is read. */
int modules_find(struct reading *reading);

/* Whether libkmod is asked of a record: a channel, an rpmsg virtio device or what would
 * be a remote processor, without driver. */
bool modules_is_asked(const struct inventory *inventory, const struct record *record);

/* The same FACT_MODULE_STATE for all that is asked of. 0 or -ENOMEM. */
int modules_set_states(struct inventory *inventory, const char *word);

/* What libkmod says of all that is asked of, by kmod.c or, built without it, no_kmod.c.
 */
int modules_ask(struct reading *reading, const struct module_places *places);
