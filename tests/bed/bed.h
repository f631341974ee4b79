/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * A bed is a replayed /sys: stock umockdev-run loads a board, and the real program walks
 * it with the real libudev. Below the bed's root, $UMOCKDEV_DIR, a shell command may
 * first do to the replayed files what a running system does to real ones.
 */

#include "../cli/spawn.h"

/* Runs a shell command in the bed of a board. "$RPROC_TREE" is the program, "$sys" the
 * real place of the bed's /sys. */
struct outcome bed_run(const char *board, const char *command);
