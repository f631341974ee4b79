/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "check.h"
#include "nullable.h"

/* The devices of a block of findings in one phrase: "virtio0-3 and 16 channels below",
 * "remoteproc1 (adsp)". The first finding is the head. A new escaped string that the
 * caller owns, NULL when out of memory. */
char *_nullable_ subject_text(const struct finding *const *findings, size_t count);

/* The same of what follows from something: channels are counted, not named. */
char *_nullable_ subject_company(const struct finding *const *findings, size_t count);

/* One device by its name, several as a count of each kind: "6 remote processors".
 * *ret_devices is how many there are. */
char *_nullable_ subject_counted(const struct finding *const *findings, size_t count,
				 size_t *ret_devices);
