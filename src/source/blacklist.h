/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Which file keeps modprobe from loading a module: libkmod tells that one does, not
 * which. configuration is NULL-terminated, directories or files; NULL: as modprobe has
 * it. The caller owns *ret, which says "the kernel command line" when no file does. 0 or
 * -ENOMEM. */
int blacklist_find(const char *module, const char *const *configuration, char **ret);
