/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "check.h"
#include "nullable.h"

/* A block of findings as one sentence: the devices of which its head is true, what is
 * wrong with them, and what else that explains. "virtio0 is up, but the remote has
 * announced no channel", "remoteproc2 (dsp): its start has no end". The first finding is
 * the head. A new escaped string that the caller owns, NULL when out of memory. */
char *_nullable_ clause_text(const struct finding *const *findings, size_t count);

/* Skips for one reason in the same way, their devices counted: "2 virtio devices: their
 * memory regions were not recorded". A reason that is about no device stands alone. */
char *_nullable_ clause_skips(const struct finding *const *skips, size_t count);
