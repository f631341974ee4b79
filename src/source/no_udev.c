// SPDX-License-Identifier: GPL-2.0-or-later
/* Built without libudev: all that it would have told is in the directories
 * (directories.c). */

#include "walk.h"

int walk_udev(struct walk *walk)
{
	(void)walk;
	return 0;
}
