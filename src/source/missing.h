/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "read.h"
#include "source.h"
#include "walk.h"

/* Whether a record is of a device without driver that would be a remote processor. */
bool missing_is_candidate(const struct record *record);

/* Walks over the devices that have no driver and would be remote processors if they had
 * one. 0 or -ENOMEM. */
int missing_walk(struct walk *walk);

/*
 * Records why they have none; modules_find() has been asked of them before. Where no
 * remote processor is there at all, nodes of the device tree that are disabled, too.
 *
 * FACT_MISSING is one of, FACT_MISSING_DETAIL says:
 *   deferred     its driver waits: for what
 *   not-loaded   a module serves it: which
 *   no-module    none does: "" or that CONFIG_REMOTEPROC is not set
 *   no-driver    its driver is there and did not bind: ""
 *   disabled     its node is: ""
 *
 * 0 or -ENOMEM.
 */
int missing_find(struct reading *reading, const struct source_options *options);

/* Adds a record below PLACE_UNKNOWN for each disabled node that would be a remote
 * processor. 0 or -ENOMEM. */
int disabled_find(struct reading *reading);
