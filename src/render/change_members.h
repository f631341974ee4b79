/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "diff.h"
#include "json_writer.h"

/* Writes the members that a change has, in diff and in watch. */
void change_members(struct json *json, const struct change *change);
