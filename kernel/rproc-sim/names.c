// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names of the channels. Firmware may send any byte, so their list can spell any:
 * names are separated by ',' and a byte may be written \xNN. A name of all 32 bytes has
 * no terminating NUL, as a careless firmware would send it.
 */

#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "rproc_sim.h"

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

int sim_names_parse(const char *text, struct sim_names *ret_names)
{
	struct sim_names *names = kzalloc(sizeof(*names), GFP_KERNEL);
	size_t length = 0, step;
	int ret = -EINVAL;
	char byte;

	if (!names)
		return -ENOMEM;
	for (; *text; text += step) {
		if (*text == ',') {
			names->count++;
			length = 0;
			step = 1;
			continue;
		}
		step = parse_byte(text, &byte);
		if (!step || names->count >= SIM_MAX_NAMES || length >= RPMSG_NAME_SIZE)
			goto out;
		names->list[names->count][length++] = byte;
	}
	if (++names->count > SIM_MAX_NAMES)
		goto out;
	*ret_names = *names;
	ret = 0;
out:
	kfree(names);
	return ret;
}

void sim_name_copy(const struct sim_names *names, unsigned int number,
		   char name[RPMSG_NAME_SIZE])
{
	memcpy(name, names->list[number % names->count], RPMSG_NAME_SIZE);
}
