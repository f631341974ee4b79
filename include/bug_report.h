/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The report for a mail: what a person reads first, then the records between two marker
 * lines (marker.h).
 *
 * Nothing that a device says stands at the start of a line before the first marker.
 */

#include "render.h"

/* Writes what comes before the records. 0 or -errno. */
int bug_report_head(FILE *out, const struct findings *findings);

/* Writes the records, a snapshot in memory, between the markers. */
void bug_report_records(FILE *out, const char *snapshot);
