/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* For checks that add findings by themselves: of the whole tree, of what is not there. */

#include "check.h"
#include "nullable.h"

/* Appends a finding that is a pass. device may be NULL: then name and identity have to be
 * set. Once judged, findings_judged() counts it, before the next is added. Where there is
 * no memory for it the findings remember that, and it is judged in vain. */
struct finding *findings_add(struct findings *findings, const struct check *check,
			     const struct device *device);

/* Takes the finding out of the list again where it is a pass that nobody lists, and
 * remembers the first error that its judge met. */
void findings_judged(struct findings *findings, struct finding *finding);

/* Appends a finding of something that has no device (any more): its name, and what it is
 * called besides, or NULL. */
struct finding *findings_add_gone(struct findings *findings, const struct check *check,
				  const char *name, const char *label);

/* Sets by what the finding is known: copied. */
void finding_identify(struct finding *finding, const char *identity);

/* A device that is not there, to be the subject of a finding: the list owns it. path and
 * name are copied; path NULL: one that no device has, made of the name. owner: the
 * processor that it would belong to. NULL: out of memory, which the findings remember. */
const struct device *_nullable_ findings_stand_in(struct findings *findings,
						  const char *_nullable_ path,
						  const char *name,
						  const struct device *_nullable_ owner);

/* Whether a processor is called so: its device, its name, or its platform device. */
bool processor_is_called(const struct device *device, struct span name);

/* The remote processor of that device name ("remoteproc0") in a tree with a history;
 * NULL: it is not there. */
const struct device *_nullable_ tree_processor(const struct tree *tree,
					       const char *device);

/* Counts a device of the tree for the summary. */
void findings_count(struct findings *findings, const struct device *device);

/* Frees what a finding owns. */
void finding_clear(struct finding *finding);
