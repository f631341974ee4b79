// SPDX-License-Identifier: GPL-2.0-or-later
/* Built without libkmod: which module would serve a device is not known. */

#include "modules.h"

int modules_ask(struct reading *reading, const struct module_places *places)
{
	(void)places;
	return modules_set_states(reading->inventory, "no-libkmod");
}
