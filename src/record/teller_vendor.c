// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Crashes of subsystems: Qualcomm's kernels restarted modems and DSPs without remoteproc
 * (drivers/soc/qcom/subsystem_restart.c up to their 4.19). What such a kernel prints is
 * certain of one thing: which of them crashed, why, and if it came back. There is no
 * remoteprocN, no channel and no file that could be shown.
 */

#include <errno.h>

#include "cleanup.h"
#include "teller.h"

/* What stands before a name that opens its message is no part of it. */
static struct span last_word(struct span name)
{
	const char *blank = name.size ? memrchr(name.start, ' ', name.size) : NULL;

	return blank ? span_from(name, (size_t)(blank - name.start) + 1) : name;
}

static struct stray *find(const struct teller *teller, struct span name)
{
	struct history *history = teller->history;

	for (size_t i = 0; i < history->stray_count; i++)
		if (history->strays[i].kind == STRAY_VENDOR &&
		    span_is(name, history->strays[i].device))
			return &history->strays[i];
	return NULL;
}

static struct stray *add(struct teller *teller, struct span name)
{
	struct history *history = teller->history;
	struct stray *strays = teller_grow(history->strays, history->stray_count,
					   sizeof(*strays)),
		     *stray;

	if (!strays)
		return NULL;
	history->strays = strays;
	stray = &strays[history->stray_count];
	*stray = (struct stray){ .kind = STRAY_VENDOR,
				 .processor = NO_PROCESSOR,
				 .back = true,
				 .device = teller_text(teller, name) };
	if (!stray->device)
		return NULL;
	history->stray_count++;
	return stray;
}

/* Several lines tell of one crash; another begins where it had come back, or where it is
 * said anew that it crashed. */
static void begin(struct teller *teller, struct stray *stray, bool anew)
{
	if (!stray->back && (!anew || stray->last_line == stray->first_line))
		return;
	stray->count++;
	stray->back = stray->panicked = false;
	stray->text = NULL;
	stray->first_line = stray->last_line = teller->line;
}

int teller_take_vendor(struct teller *teller, const struct phrase *phrase)
{
	struct span name = last_word(phrase->other);
	struct stray *stray = find(teller, name);

	if (phrase->event < EVENT_VENDOR_CRASH || phrase->event > EVENT_VENDOR_PANIC ||
	    name.size == 0 || (!stray && phrase->event == EVENT_VENDOR_BACK))
		return 0;
	if (!stray)
		stray = add(teller, name);
	if (!stray)
		return -ENOMEM;
	if (phrase->event == EVENT_VENDOR_BACK) {
		stray->back = true;
		return 0;
	}
	begin(teller, stray, phrase->event == EVENT_VENDOR_CRASH);
	stray->panicked |= phrase->event == EVENT_VENDOR_PANIC;
	if (phrase->event != EVENT_VENDOR_RESTART)
		stray->last_line = teller->line;
	return phrase->event == EVENT_VENDOR_REASON
		       ? teller_set_text(teller, &stray->text, phrase->text)
		       : 0;
}
