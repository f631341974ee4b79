/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "check.h"

/* Sets cause and head of each finding, once all are judged. 0 or -ENOMEM. */
int causes_find(struct findings *findings);
