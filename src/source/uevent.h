/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "inventory.h"

/*
 * The lines of a uevent, live or recorded. Kept are the keys this field needs and no
 * others, so that nothing of the rest of the machine gets into a snapshot.
 *
 * Our own facts travel as lines that other programs ignore:
 *   RPROC_TREE_KERNEL, RPROC_TREE_MACHINE  of the system, on the first record
 *   RPROC_TREE_LINES      how many lines the snapshot has, on the first record
 *   RPROC_TREE_ESCAPED=path   this record's path is written escaped
 *   RPROC_TREE_BARE=1     SUBSYSTEM is there for umockdev only: the device has none
 *   RPROC_TREE_PATH_ONLY=1    only the path is known, of a listing
 */

/* Takes one line KEY=VALUE. -EBADMSG: it has no '='; -E2BIG: more than any device has. */
int uevent_take_line(struct inventory *inventory, struct record *record, char *line);

/* Takes the whole text of a uevent file (it is cut into lines in place). */
int uevent_take(struct inventory *inventory, struct record *record, char *text);

/* The same of a running kernel: our own keys are none of its, but the word of a remote
 * that has a line end in a channel's name. */
int uevent_take_live(struct record *record, char *text);

/* When all lines are in: undoes the escaping that RPROC_TREE_ESCAPED told of, after the
 * first literal bytes of the path. -EBADMSG: a NUL byte was in it. */
int uevent_finish(struct record *record, size_t literal);
