/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "read.h"

/*
 * Adds to the records of a sorted inventory what has to be asked at capture: resource
 * table, carveouts and last trace lines of each remote processor that runs (debugfs),
 * whether the firmware of one that is offline is there, what each character device's node
 * is, and the memory regions of its platform device. Nothing is opened but to be read,
 * and no device node at all. 0 or -ENOMEM.
 */
int gather_facts(struct reading *reading, bool debugfs);

/* Adds the memory regions of one record's device tree node; see memory.c. */
int memory_record(struct reading *reading, struct record *record);

#define FIRMWARE_PLACES_MAX 5

/* Directories the kernel searches, in its order; owned. */
struct firmware_places {
	char *list[FIRMWARE_PLACES_MAX];
	size_t count;
};
void firmware_places_release(struct firmware_places *places);
int firmware_places_find(struct reading *reading, struct firmware_places *ret);

/* Adds whether the processor's firmware is found there; see firmware.c. */
int firmware_record(struct reading *reading, struct record *record,
		    const struct firmware_places *places);
