/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The functions of the table in command.c, one file each. */

#include "command.h"

enum exit_status command_show(const struct invocation *invocation);
enum exit_status command_check(const struct invocation *invocation);
enum exit_status command_capture(const struct invocation *invocation);
enum exit_status command_report(const struct invocation *invocation);
enum exit_status command_diff(const struct invocation *invocation);
enum exit_status command_watch(const struct invocation *invocation);
enum exit_status command_explain(const struct invocation *invocation);
enum exit_status command_help(const struct invocation *invocation);

/* What does not fit together has been complained about: -EINVAL. */
int options_check(const struct invocation *invocation);

/* The format that was asked for, or the default of a command that has formats. */
const struct format *options_format(const struct invocation *invocation);
