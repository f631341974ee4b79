/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "phrase.h"

/* Finds a function of this field in a line of a stack trace. */
bool frame_find(const char *line, size_t size, struct phrase *ret);
