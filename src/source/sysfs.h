/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Files of sysfs: small, read once. Errors: -errno as the kernel gave it. */

/* The whole file, NUL-terminated, without one trailing newline; the caller owns *ret. */
int sysfs_read(int directory, const char *name, char **ret, size_t *ret_size);

/* The same to the last byte: for what is no text. */
int sysfs_read_raw(int directory, const char *name, char **ret, size_t *ret_size);

/* The target of a link; the caller owns *ret. */
int sysfs_link(int directory, const char *name, char **ret);

/* Whether /sys is a test bed's (umockdev), which has no kernel/ directory: what the
 * running kernel, its log, /dev and modules would say is of another system. */
bool sysfs_is_replay(void);
