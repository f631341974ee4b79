/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The lines between which a report has its records. The second says how many lines there
 * are and their checksum, so that a reader knows whether what a mail program did to them
 * was undone rightly.
 */

/* How the line under a report's first begins: without records it was cut off. */
#define MARKER_TITLE "Report of rproc-tree "

#define MARKER_BEGIN "[rproc-tree records]"
#define MARKER_END   "[end of rproc-tree records: " /* N lines, sum XXXXXXXX] */
