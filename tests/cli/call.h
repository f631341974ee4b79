/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Calls the program with those for standard input, output and error; returns its exit
 * status. */
int call_program(const int streams[3], const char *const argv[]);
