/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Paths of devices, "/devices/...": any byte but NUL. */

#include <stdbool.h>

/* devpath_compare - the order of devices: parents before children, a subtree in one
 * piece, numbers by value (remoteproc2 before remoteproc10). A total order. */
int devpath_compare(const char *a, const char *b);

/* Whether path lies below ancestor. */
bool devpath_is_below(const char *path, const char *ancestor);

/* Whether both lie in the same directory. */
bool devpath_are_siblings(const char *a, const char *b);
