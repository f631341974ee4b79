// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Two trees side by side: what has no partner went or appeared, what is a child of
 * another device moved, and of each pair every value in the table is compared.
 */

#include "diff.h"
#include "devpath.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "escape.h"
#include "pair.h"

#define SCRATCH_SIZE 16
/* Below it a firmware or driver asks for an address by number; from it on the kernel
 * hands them out in order: RPMSG_RESERVED_ADDRESSES, drivers/rpmsg/virtio_rpmsg_bus.c. */
#define DYNAMIC_ADDRESS 1024

void diff_free(struct diff *diff)
{
	if (!diff)
		return;
	for (size_t i = 0; i < diff->count; i++) {
		free(diff->changes[i].before_text);
		free(diff->changes[i].after_text);
	}
	free(diff->changes);
	identities_release(&diff->before_identities);
	identities_release(&diff->after_identities);
	free(diff);
}

const char *change_name(enum change_kind kind)
{
	static const char *const names[CHANGE_COUNT_] = {
		[CHANGE_APPEARED] = "appeared",
		[CHANGE_WENT] = "went",
		[CHANGE_MOVED] = "moved",
		[CHANGE_VERDICT] = "verdict",
		[CHANGE_BOUND] = "bound",
		[CHANGE_UNBOUND] = "unbound",
		[CHANGE_DRIVER] = "driver",
		[CHANGE_STATE] = "state",
		[CHANGE_FIRMWARE] = "firmware",
		[CHANGE_FIRMWARE_FILE] = "firmware-file",
		[CHANGE_RECOVERY] = "recovery",
		[CHANGE_STATUS] = "status",
		[CHANGE_FEATURES] = "features",
		[CHANGE_ADDRESS] = "address",
		[CHANGE_OVERRIDE] = "driver-override",
		[CHANGE_NODE] = "node",
	};

	return names[kind];
}

static const char *verdict_text(const struct device *device, char *scratch)
{
	(void)scratch;
	return verdict_name(device->verdict);
}

static const char *state_text(const struct device *device, char *scratch)
{
	(void)scratch;
	return device->kind == KIND_REMOTEPROC ? device->remoteproc.state_word : NULL;
}

static const char *firmware_text(const struct device *device, char *scratch)
{
	(void)scratch;
	return device->kind == KIND_REMOTEPROC ? device->remoteproc.firmware : NULL;
}

static const char *firmware_file_text(const struct device *device, char *scratch)
{
	(void)scratch;
	return device->kind == KIND_REMOTEPROC
		       ? record_property(device->record, FACT_FIRMWARE)
		       : NULL;
}

static const char *recovery_text(const struct device *device, char *scratch)
{
	(void)scratch;
	return device->kind == KIND_REMOTEPROC ? device->remoteproc.recovery : NULL;
}

static const char *status_text(const struct device *device, char *scratch)
{
	if (device->kind != KIND_VIRTIO || !device->virtio.status.known)
		return NULL;
	snprintf(scratch, SCRATCH_SIZE, "0x%x", device->virtio.status.value);
	return scratch;
}

static const char *features_text(const struct device *device, char *scratch)
{
	(void)scratch;
	return device->kind == KIND_VIRTIO ? device->virtio.features : NULL;
}

static const char *address_text(const struct device *device, char *scratch)
{
	const struct number *src = &device->channel.src;

	if (device->kind != KIND_CHANNEL || !src->known)
		return NULL;
	if (src->value >= DYNAMIC_ADDRESS)
		return "dynamic";
	snprintf(scratch, SCRATCH_SIZE, "0x%x", src->value);
	return scratch;
}

static const char *override_text(const struct device *device, char *scratch)
{
	(void)scratch;
	return device->kind == KIND_CHANNEL ? device->channel.driver_override : NULL;
}

static const char *node_text(const struct device *device, char *scratch)
{
	(void)scratch;
	return record_property(device->record, FACT_NODE);
}

/* What is compared, as text; NULL: not known, or devices of that kind have none. */
static const struct {
	enum change_kind kind;
	const char *(*text)(const struct device *device, char *scratch);
} compared[] = {
	{ CHANGE_VERDICT, verdict_text },   { CHANGE_STATE, state_text },
	{ CHANGE_FIRMWARE, firmware_text }, { CHANGE_FIRMWARE_FILE, firmware_file_text },
	{ CHANGE_RECOVERY, recovery_text }, { CHANGE_STATUS, status_text },
	{ CHANGE_FEATURES, features_text }, { CHANGE_ADDRESS, address_text },
	{ CHANGE_OVERRIDE, override_text }, { CHANGE_NODE, node_text },
};

static const char *identity(const struct diff *diff, const struct device *before,
			    const struct device *after)
{
	return after ? identity_of(&diff->after_identities, diff->after, after)
		     : identity_of(&diff->before_identities, diff->before, before);
}

static struct change *add_slot(struct diff *diff)
{
	if (array_reserve(diff->changes, diff->count + 1, diff->allocated) < 0)
		return NULL;
	return &diff->changes[diff->count++];
}

/* Texts are as the kernel has them, NULL: none. */
static int add(struct diff *diff, enum change_kind kind, const struct device *before,
	       const struct device *after, const char *before_text,
	       const char *after_text)
{
	struct change *change = add_slot(diff);

	if (!change)
		return -ENOMEM;
	*change = (struct change){
		.kind = kind,
		.identity = identity(diff, before, after),
		.before = before,
		.after = after,
		.before_text = before_text ? escape_string(before_text, 0) : NULL,
		.after_text = after_text ? escape_string(after_text, 0) : NULL,
	};
	if (before_text && !change->before_text)
		return -ENOMEM;
	return after_text && !change->after_text ? -ENOMEM : 0;
}

static int compare_driver(struct diff *diff, const struct device *before,
			  const struct device *after)
{
	enum change_kind kind = !before->driver  ? CHANGE_BOUND
				: !after->driver ? CHANGE_UNBOUND
						 : CHANGE_DRIVER;

	if (before->record->path_only || after->record->path_only ||
	    (!before->driver && !after->driver) ||
	    (before->driver && after->driver &&
	     strcmp(before->driver, after->driver) == 0))
		return 0;
	return add(diff, kind, before, after, before->driver, after->driver);
}

/* Both are children of the same device, or have no parent. */
static bool same_parent(const struct diff *diff, const struct pairing *pairing,
			const struct device *before, const struct device *after)
{
	if (!before->parent || !after->parent)
		return !before->parent && !after->parent;
	return pairing->of_before[before->parent - diff->before->devices] ==
	       (size_t)(after->parent - diff->after->devices);
}

/* Bits that are not set may be written or not: kernels know more of them over time. */
static bool is_same_bits(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (*a != *b)
			return false;
	return a[strspn(a, "0")] == '\0' && b[strspn(b, "0")] == '\0';
}

static bool is_same(enum change_kind kind, const char *old, const char *new)
{
	return kind == CHANGE_FEATURES ? is_same_bits(old, new) : strcmp(old, new) == 0;
}

static int compare_pair(struct diff *diff, const struct pairing *pairing,
			const struct device *before, const struct device *after)
{
	int r = 0;

	if (!same_parent(diff, pairing, before, after))
		r = add(diff, CHANGE_MOVED, before, after,
			before->parent ? before->parent->name : NULL,
			after->parent ? after->parent->name : NULL);
	if (r == 0)
		r = compare_driver(diff, before, after);
	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(compared); i++) {
		char old_scratch[SCRATCH_SIZE], new_scratch[SCRATCH_SIZE];
		const char *old = compared[i].text(before, old_scratch);
		const char *new = compared[i].text(after, new_scratch);

		if (old && new && !is_same(compared[i].kind, old, new))
			r = add(diff, compared[i].kind, before, after, old, new);
	}
	return r;
}

static bool share_place(const struct tree *before, const struct pairing *pairing)
{
	tree_foreach (device, before)
		if (device->kind == KIND_BUS_DEVICE &&
		    pairing->of_before[device - before->devices] != NO_PARTNER)
			return true;
	return false;
}

static int compare_before(struct diff *diff, const struct pairing *pairing)
{
	tree_foreach (device, diff->before) {
		size_t partner = pairing->of_before[device - diff->before->devices];
		int r = 0;

		if (partner != NO_PARTNER)
			r = compare_pair(diff, pairing, device,
					 &diff->after->devices[partner]);
		else if (tree_covers(diff->after, device->kind))
			r = add(diff, CHANGE_WENT, device, NULL, device->name, NULL);
		if (r < 0)
			return r;
	}
	return 0;
}

static int add_appeared(struct diff *diff, const struct pairing *pairing)
{
	tree_foreach (device, diff->after) {
		int r = 0;

		if (pairing->of_after[device - diff->after->devices] == NO_PARTNER &&
		    tree_covers(diff->before, device->kind))
			r = add(diff, CHANGE_APPEARED, NULL, device, NULL, device->name);
		if (r < 0)
			return r;
	}
	return 0;
}

static int compare_changes(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	int order = devpath_compare(x->identity, y->identity);

	return order ? order : (x->kind > y->kind) - (x->kind < y->kind);
}

int diff_build(const struct tree *before, const struct tree *after, struct diff **ret)
{
	_cleanup_diff_ struct diff *diff = calloc(1, sizeof(*diff));
	_cleanup_pairing_ struct pairing pairing = { 0 };
	int r;

	if (!diff)
		return -ENOMEM;
	diff->before = before;
	diff->after = after;
	r = identities_build_both(before, &diff->before_identities, after,
				  &diff->after_identities);
	if (r == 0)
		r = pairing_build(before, &diff->before_identities, after,
				  &diff->after_identities, &pairing);
	if (r == 0)
		r = compare_before(diff, &pairing);
	if (r == 0)
		r = add_appeared(diff, &pairing);
	if (r == 0)
		diff->share_place = share_place(before, &pairing);
	if (r < 0)
		return r;
	if (diff->count > 0)
		qsort(diff->changes, diff->count, sizeof(*diff->changes),
		      compare_changes);
	*ret = steal(diff);
	return 0;
}
