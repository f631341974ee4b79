/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* CRC-32 (IEEE 802.3, as gzip has it) of bytes that follow those that gave sum; begin
 * with 0. Against accidents, not against forgery. */
uint32_t checksum(uint32_t sum, const char *bytes, size_t size);
