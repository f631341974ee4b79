/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "diff.h"
#include "json_value.h"

/* Adds the keys that a change has, in diff and in watch. 0 or -ENOMEM. */
int change_fill(struct json_object *object, const struct change *change);
