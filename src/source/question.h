/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "nullable.h"
#include "pasted.h"

/* The attribute of that file name, as records have it; NULL: none that is known. */
const char *_nullable_ attribute_find(struct span name);

/* ".../remoteproc0/state": the device and the attribute. */
bool attribute_split(struct span path, struct span *ret_device, const char **ret);

/* Whether a word is one that a file state holds. */
bool attribute_is_state(struct span word);

/* The same in any letters, as people write it: *word becomes what the kernel calls it. */
bool attribute_find_state(struct span *word);

/* 1: taken, 0: not a line of this kind, or -errno. */
int question_take_header(struct pasted *pasted, struct span line);
int question_take_command(struct pasted *pasted, const char *line);
int question_take_answer(struct pasted *pasted, struct span line);
