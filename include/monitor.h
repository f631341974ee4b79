/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * One file descriptor that says: something changed, read again. Events only wake; what
 * has changed is found out by comparing a new walk with the last, so that events which
 * are lost, doubled or late cannot make a wrong tree.
 *
 * The kernel emits no event when a remote processor starts, stops or crashes, only for
 * the virtio and rpmsg devices that come and go with it, nor when the driver of a virtio
 * device gives it up: who wants to know has to look, see monitor_states_changed().
 */

#include "cleanup.h"
#include "inventory.h"

struct monitor;

void monitor_free(struct monitor *monitor);
static inline void monitor_freep(struct monitor **monitor)
{
	monitor_free(*monitor);
}
#define _cleanup_monitor_ _cleanup_(monitor_freep)

/* Listens from now on: first this, then the first walk, and no change can be missed. The
 * caller owns *ret. 0 or -errno. */
int monitor_new(struct monitor **ret);

/* For poll(2): readable when there are events. Borrowed. */
int monitor_fd(const struct monitor *monitor);

/* Takes all events that are there, without waiting. True: one is of our devices, or some
 * were lost, so that it may have been. */
bool monitor_take(struct monitor *monitor);

/* Whether the state of a remote processor, or the status of a virtio device, of this
 * inventory is another now: one small file each. One that is gone is no change of it. */
bool monitor_states_changed(const struct inventory *inventory);
