/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The records of an inventory while what a text says is joined to them. */

#include "history.h"
#include "index.h"
#include "pasted.h"

struct merger {
	struct pasted *pasted;
	struct inventory *inventory;
	const struct history *history;
	struct index platforms; /* of the history's processors */
	struct index names;     /* of records, by the last part of their path */
	size_t line;            /* of the text, for what is added */
};

struct record *merger_record(const struct merger *merger, size_t place);
size_t merger_find(const struct merger *merger, const char *name);
int merger_ensure(struct merger *merger, const char *path, const char *subsystem,
		  size_t *ret);
int merger_add_text(struct record *record, const char *name, const char *text);
int merger_ensure_processor(struct merger *merger, const char *device,
			    const char *platform, size_t *ret);
int merger_bind(struct record *record, const char *driver);
int merger_bind_platform(struct merger *merger, size_t processor, const char *driver);
int merger_ensure_channel(struct merger *merger, const char *device, const char *parent,
			  size_t *ret);
int merger_add_virtio(struct merger *merger, const struct log_virtio *virtio);
int merger_add_channel(struct merger *merger, const struct log_channel *channel);
