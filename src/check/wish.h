/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Checks that ask what somebody wished for is there: they are asked once of the whole
 * tree, and their results may be of devices that are not in it.
 */

#include "check.h"

/* Both add their results to the report. 0 or -ENOMEM. */
int expect_judge(struct report *report, const struct check *check,
		 const struct report_options *options);
int require_judge(struct report *report, const struct check *check,
		  const struct report_options *options);

/* Appends a result that is a pass; NULL: out of memory. It has to be counted by
 * report_settle() when it is judged, before the next is added. */
struct result *report_add(struct report *report, const struct check *check,
			  const struct device *device);
void report_settle(struct report *report, struct result *result,
		   const struct report_options *options);

/* A device that is not there, to be the subject of a result: the report owns it. path and
 * name are copied. NULL: out of memory. */
const struct device *report_stand_in(struct report *report, const char *path,
				     const char *name);
