// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names of the channels. Firmware may send any byte, so the parameter can spell any:
 * names are separated by ',' and a byte may be written \xNN. A name of all 32 bytes has
 * no terminating NUL, as a careless firmware would send it.
 */

#include <linux/errno.h>
#include <linux/string.h>

#include "rproc_sim.h"

static char names[SIM_MAX_NAMES][RPMSG_NAME_SIZE];
static unsigned int name_count;

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* Reads one byte of a name; returns how much text it took, 0 if it is malformed. */
static size_t parse_byte(const char *text, char *ret_byte)
{
	int high, low;

	if (text[0] != '\\') {
		*ret_byte = text[0];
		return 1;
	}
	if (text[1] != 'x')
		return 0;
	high = digit(text[2]);
	if (high < 0)
		return 0;
	low = digit(text[3]);
	if (low < 0)
		return 0;
	*ret_byte = high << 4 | low;
	return 4;
}

int sim_names_parse(const char *text)
{
	size_t length = 0, step;
	char byte;

	memset(names, 0, sizeof(names));
	for (name_count = 0; *text; text += step) {
		if (*text == ',') {
			name_count++;
			length = 0;
			step = 1;
			continue;
		}
		step = parse_byte(text, &byte);
		if (!step || name_count >= SIM_MAX_NAMES || length >= RPMSG_NAME_SIZE)
			return -EINVAL;
		names[name_count][length++] = byte;
	}
	name_count++;
	return name_count <= SIM_MAX_NAMES ? 0 : -EINVAL;
}

void sim_name_copy(char name[RPMSG_NAME_SIZE], unsigned int number)
{
	memcpy(name, names[number % name_count], RPMSG_NAME_SIZE);
}
