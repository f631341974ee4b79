/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Puts the plain characters of the kernel where typography has replaced them; in place.
 */
void typography_undo(char *text);
