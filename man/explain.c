// SPDX-License-Identifier: GPL-2.0-or-later
/* rproc-tree explain, and nothing else of it: for a build whose program does not run
 * here. */

#include "command.h"

int main(int argc, char **argv)
{
	if (argc < 3)
		explain_print_list();
	return argc < 3 || explain_print(argv[2]) ? EXIT_OK : EXIT_USAGE;
}
