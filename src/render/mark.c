// SPDX-License-Identifier: GPL-2.0-or-later
#include "mark.h"

#define GOOD                                                                             \
	{                                                                                \
		"good", "#d9f0dd", "#2e7d32"                                             \
	}
#define NOTED                                                                            \
	{                                                                                \
		"noted", "#fdf0cf", "#a06a00"                                            \
	}
#define LOST                                                                             \
	{                                                                                \
		"lost", "#fbdad7", "#b3261e"                                             \
	}

const struct mark marks[STATUS_COUNT_] = {
	[STATUS_PASS] = { { NULL, NULL }, "pass", "\033[2m", GOOD },
	[STATUS_SKIP] = { { NULL, NULL }, "skip", "\033[2m", NOTED },
	[STATUS_INFO] = { { NULL, NULL }, "info", "\033[2m", NOTED },
	[STATUS_WARN] = { { "!", "!" }, "warn", "\033[33m", NOTED },
	[STATUS_FAIL] = { { "✗", "X" }, "FAIL", "\033[1;31m", LOST },
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
