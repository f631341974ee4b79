/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The kernel log as it grows, for who goes on looking: /dev/kmsg gives one record for
 * each read(2), from the moment it was opened on.
 */

#include "log.h"
#include "paths.h"

/* For poll(2), and to be closed. A descriptor, or -errno: -ENOENT where there is none to
 * follow. */
int kmsg_open(const struct paths *paths);

/* Offers all records that are there to the log, without waiting. 1: one of them names
 * something of this field; 0: none does; -EPIPE: some were overwritten before they were
 * read, what is left can be taken; -errno: there will be no more. */
int kmsg_take(int fd, struct log *log);
