/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "inventory.h"

/* Adds the devices that paths imply, where a text source cannot name them: see infer.c.
 * The inventory is sorted afterwards. 0 or -ENOMEM. */
int infer_devices(struct inventory *inventory);
