// SPDX-License-Identifier: GPL-2.0-or-later
#include "checksum.h"

uint32_t checksum(uint32_t sum, const char *bytes, size_t size)
{
	sum = ~sum;
	for (size_t i = 0; i < size; i++) {
		sum ^= (unsigned char)bytes[i];
		for (int bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
	}
	return ~sum;
}
