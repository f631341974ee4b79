// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preloaded by cost: a kernel log that is the same on each machine, of which a tenth is
 * of this field.
 */

#include <stdio.h>
#include <string.h>
#include <sys/klog.h>

#define READ_ALL    3 /* of klogctl(2) */
#define SIZE_BUFFER 10
#define LINES       300

int klogctl(int action, char *buffer, int size)
{
	int written = 0;

	if (action == SIZE_BUFFER)
		return LINES * 100;
	if (action != READ_ALL)
		return 0;
	for (int i = 0; i < LINES && size - written > 100; i++)
		written += snprintf(
			buffer + written, (size_t)(size - written), "<6>[%5d.%06d] %s\n",
			i / 10, i,
			i % 10 == 0
				? "remoteproc remoteproc0: remote processor dsp is now up"
				: "usb 1-1: New USB device found, idVendor=1d6b");
	return written;
}
