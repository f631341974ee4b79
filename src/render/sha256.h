/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* The first 64 bits of the SHA-256 of some bytes (FIPS 180-4). What it tells apart comes
 * from firmware, so that a hash whose collisions can be made would not do. */
uint64_t sha256_64(const void *bytes, size_t size);
