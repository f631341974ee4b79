/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The lines of a snapshot, one function for each kind. None of them lets what a device
 * says start a line.
 */

#include "inventory.h"
#include "pen.h"

/* Whether a string can stand in a line as it is. */
bool line_can_hold(const char *string);

/* "PREFIXTEXT", where the line can hold the text. */
void line_text(struct pen *pen, const char *prefix, const char *text);

/* "PREFIXKEY=VALUE" for each property that a line can hold. */
void line_properties(struct pen *pen, const struct record *record, const char *prefix);

/* "A: PREFIXNAME=VALUE", newlines and backslashes escaped; H: and hexadecimal digits
 * where the value is not plain text. The prefix is that of the name. */
void line_attribute(struct pen *pen, const char *prefix,
		    const struct attribute *attribute);

/* The kernel log, for what findings say of it. 0 or -ENOMEM. */
int line_log(struct pen *pen, const struct log *log);
