/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "inventory.h"

/* Where the facts are that a device's own directory does not hold. */
struct places {
	const char *debugfs;    /* "/sys/kernel/debug/remoteproc" */
	const char *devicetree; /* "/sys/firmware/devicetree/base" */
	const char *sys;        /* "/sys" */
	const char *dev;        /* "/dev" */
	const char *const
		*firmware; /* directories the kernel searches; NULL-terminated */
};

/*
 * Adds to the records of a sorted inventory what has to be asked at capture: resource
 * table, carveouts and last trace lines of each remote processor (debugfs), whether the
 * firmware of one that is offline is there, what each character device's node is, and
 * the memory regions of its platform device. Nothing is opened but to be read, and no
 * device node at all. *ret_unreadable counts files without permission. 0 or -ENOMEM.
 */
int gather_facts(struct inventory *inventory, const struct places *places,
		 size_t *ret_unreadable);

/* Adds the memory regions of one record's device tree node; see memory.c. */
int memory_record(struct record *record, const struct places *places);
