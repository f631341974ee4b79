/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "inventory.h"

/* Masks what may identify a product or a person: the machine's name, names of firmware
 * files, the text of traces; in lines of the kernel log the same. Structure, states and
 * channels stay, so the verdicts do. The system fact FACT_REDACTED says what was masked.
 * On failure the inventory is half masked: it must not be written. 0; -ENOMEM; -EEXIST:
 * masked, two devices would have the same path. */
int redact(struct inventory *inventory);

/* What is said of what that returned. */
const char *redact_error(int r);
