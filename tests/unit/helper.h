/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* cmocka, and a world to ask: an inventory with its tree and report, released whole. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "oracle.h"

struct world {
	struct inventory *inventory;
	struct tree *tree;
	struct findings *findings;
	struct notice notice;
};
void world_release(struct world *world);
#define _cleanup_world_ _cleanup_(world_release)

/* As main() does: columns are counted by the locale. */
void world_locale(void);

/* Reads and builds; what source_text() returned. */
int world_read(struct world *world, const char *text);

/* The same, and it has to work. */
void world_of(struct world *world, const char *text);

/* Adds a record to an inventory made by hand, and builds tree and report from all. */
struct record *world_add(struct world *world, const char *path, const char *subsystem);
void world_build(struct world *world);

/* The device of that path; the test fails without. */
const struct device *world_device(const struct world *world, const char *path);

/* The finding of a check on a device, or on a wish, of that name; the test fails without.
 */
const struct finding *world_finding(const struct world *world, const char *check,
				    const char *name);

/* The text is refused; the notice is one clean line and says this. */
void assert_refused(const char *text, const char *says);

/* The text's devices survive a snapshot written and read, which stays as it is. */
void assert_survives(const struct world *world);

/* The board that the tests share. */
#define DSP    "/devices/platform/soc/11800000.dsp"
#define RPROC  DSP "/remoteproc/remoteproc0"
#define FIXED  RPROC "/remoteproc0#vdev0buffer"
#define BROKEN DSP "/11800000.dsp#vdev0buffer"
