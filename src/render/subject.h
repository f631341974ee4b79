/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "check.h"

/* The devices of a block of findings in one phrase: "virtio0-3 and 16 channels below",
 * "remoteproc1 (adsp)". The first finding is the head. A new escaped string that the
 * caller owns, NULL when out of memory. */
char *subject_text(const struct finding *const *findings, size_t count);
