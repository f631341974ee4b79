/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "command.h"

/* Waits as long as the invocation says, or less. EXIT_OK also when the deadline came
 * first: the checks that follow say what is wrong. Trouble has been complained about. */
enum exit_status settle_wait(const struct invocation *invocation);
