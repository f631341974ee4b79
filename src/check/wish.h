/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Checks that ask what somebody wished for is there: they are asked once of the whole
 * tree, and their findings may be of devices that are not in it.
 */

#include "check.h"

/* Both add their findings to the report. 0 or -ENOMEM. */
int expect_judge(struct findings *findings, const struct check *check,
		 const struct check_options *options);
int require_judge(struct findings *findings, const struct check *check,
		  const struct check_options *options);

/* Appends a finding that is a pass; NULL: out of memory. It has to be counted by
 * findings_count() when it is judged, before the next is added. */
struct finding *findings_add(struct findings *findings, const struct check *check,
			     const struct device *device);
void findings_count(struct findings *findings, const struct finding *finding);

/* A device that is not there, to be the subject of a finding: the report owns it. path
 * and name are copied. NULL: out of memory. */
const struct device *findings_stand_in(struct findings *findings, const char *path,
				       const char *name);
