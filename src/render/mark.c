// SPDX-License-Identifier: GPL-2.0-or-later
#include "mark.h"

const struct mark marks[STATUS_COUNT_] = {
	[STATUS_PASS] = { .word = "pass",
			  .color = "\033[2m",
			  .box = { "good", "#d9f0dd", "#2e7d32" } },
	[STATUS_SKIP] = { .word = "skip",
			  .color = "\033[2m",
			  .box = { "plain", "#ffffff", "#60707f" } },
	[STATUS_INFO] = { .word = "info",
			  .color = "\033[2m",
			  .box = { "plain", "#ffffff", "#60707f" } },
	[STATUS_WARN] = { .sign = { "!", "!" },
			  .word = "warn",
			  .color = "\033[33m",
			  .box = { "warned", "#fdf0cf", "#a06a00" } },
	[STATUS_FAIL] = { .sign = { "✗", "X" },
			  .word = "FAIL",
			  .color = "\033[1;31m",
			  .box = { "failed", "#fbdad7", "#b3261e" } },
};

enum status mark_status_of(enum verdict verdict)
{
	static const enum status statuses[VERDICT_COUNT_] = {
		[VERDICT_NONE] = STATUS_PASS,          [VERDICT_OK] = STATUS_PASS,
		[VERDICT_NO_REMOTEPROC] = STATUS_INFO, [VERDICT_BESIDE] = STATUS_INFO,
		[VERDICT_MISPARENTED] = STATUS_FAIL,   [VERDICT_ORPHAN] = STATUS_FAIL,
		[VERDICT_UNKNOWN] = STATUS_SKIP,
	};

	return statuses[verdict];
}
