/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What the objects of several commands have in common. */

#include "check.h"
#include "json_writer.h"

/* The member "rproc-tree": version and schema. */
void json_add_program(struct json *json);

/* Members that say where the devices come from. */
void json_add_source(struct json *json, const struct inventory *inventory);

/* Members that say how many findings there are of each status. */
void json_add_statuses(struct json *json, const struct findings *findings);
