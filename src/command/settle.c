// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check --settle: remote processors boot beside the kernel, and channels come when their
 * firmware announces them. Waits until nothing has changed for a while and nothing is
 * missing, or until the deadline. Events wake it; how often it reads again is bounded, as
 * a device that comes and goes all the time must not keep the machine busy.
 */

#include "settle.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "clock.h"
#include "diff.h"
#include "escape.h"
#include "monitor.h"

#define QUIET_MS 1000 /* nothing changed for so long: settled */
#define GAP_MS   100  /* between two readings */
#define REST     9    /* times a reading: a tenth of a processor is spent */

struct settling {
	const struct invocation *invocation;
	struct monitor *monitor;
	struct system system; /* as it was when it was last read */
	int64_t deadline;
	int64_t quiet_since;
	int64_t reading; /* ms: how long the last one took */
	bool shows_progress;
};

static void settling_release(struct settling *settling)
{
	system_release(&settling->system);
	monitor_free(settling->monitor);
}

/* A processor that runs and has announced nothing yet, or NULL. */
static const struct device *silent_processor(const struct tree *tree)
{
	tree_foreach (device, tree)
		if (device_is_rpmsg_virtio(device) && device->owner &&
		    !device_has_user_channel(device))
			return device->owner;
	return NULL;
}

static const struct finding *first_failure(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->list[i].status == STATUS_FAIL)
			return &findings->list[i];
	return NULL;
}

/* "virtio0 (misparented)"; a new string, NULL: out of memory. */
static char *describe(const struct finding *failure)
{
	_cleanup_free_ char *name =
		escape_string(failure->device ? failure->device->name : NULL, 0);
	char *text;

	if (!name || asprintf(&text, "%s (%s)", failure->device ? name : failure->name,
			      failure->brief) < 0)
		return NULL;
	return text;
}

/* What it is waited for, in words that the caller owns; *ret is NULL when nothing has to
 * change. 0 or -ENOMEM. */
static int missing(const struct system *system, char **ret)
{
	const struct finding *failure = first_failure(system->findings);
	const struct device *silent = silent_processor(system->tree);
	_cleanup_free_ char *name = escape_string(silent ? silent->name : NULL, 0);
	char *text = NULL;
	int r = name ? 0 : -ENOMEM;

	if (r == 0 && failure)
		text = describe(failure);
	else if (r == 0 && silent)
		r = asprintf(&text, "%s to announce channels", name);
	else if (r == 0 && !tree_has_subject(system->tree))
		text = strdup("a remote processor or an rpmsg device");
	else
		return r;
	if (r < 0 || !text)
		return -ENOMEM;
	*ret = text;
	return 0;
}

/* One line that is written over; gone when text is NULL. */
static void show_progress(const struct settling *settling, const char *text)
{
	_cleanup_free_ char *ascii = escape_to_ascii(text);

	if (!settling->shows_progress || !ascii)
		return;
	fputs("\r\033[K", stderr);
	if (text)
		fprintf(stderr, "%3d s left: waiting for %.60s",
			(clock_until(settling->deadline) + 999) / 1000, ascii);
	fflush(stderr);
}

/* Reads again; *ret_changed: something is different. 0 or -errno. */
static int read_again(struct settling *settling, bool *ret_changed)
{
	_cleanup_system_ struct system before = { 0 };
	_cleanup_diff_ struct diff *diff = NULL;
	int64_t start = clock_now();
	int r = system_refresh(settling->invocation, &settling->system, &before, &diff);

	settling->reading = clock_now() - start;
	if (r == 0)
		*ret_changed = !diff || diff->count > 0;
	return r;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* How long to wait between two readings, in ms; least of it where those are quick. */
static int64_t rest(const struct settling *settling, int64_t least)
{
	return REST * settling->reading > least ? REST * settling->reading : least;
}

/* Takes the events that come until then, or their queue would fill. True: one matters. */
static bool take_events(const struct settling *settling, int64_t then)
{
	bool changed = false;

	do {
		poll(NULL, 0, clock_until(earlier(clock_now() + GAP_MS, then)));
		changed = monitor_take(settling->monitor) || changed;
	} while (clock_now() < then);
	return changed;
}

/* Waits for an event, at most until then; 0 or -errno. Once there was one, it waits a
 * little for those that come with it. */
static int wait_until(const struct settling *settling, int64_t then)
{
	struct pollfd events = { .fd = monitor_fd(settling->monitor), .events = POLLIN };
	int64_t start = clock_now();

	for (;;) {
		int timeout = clock_until(then);
		int64_t gap = earlier(start + rest(settling, GAP_MS), then);
		int r = poll(&events, 1, timeout);

		if (r < 0 && errno != EINTR)
			return -errno;
		if (r > 0) {
			if (take_events(settling, gap))
				return 0;
			start = clock_now();
		}
		if (clock_now() >= then)
			return 0;
	}
}

/* What is expected is there, or nobody has said what is. */
static bool is_quiet(const struct settling *settling)
{
	const struct check_options *wishes = &settling->invocation->check;

	return wishes->expect || wishes->require ||
	       clock_now() - settling->quiet_since >= QUIET_MS;
}

/* 1: settled, 0: not yet, -errno. */
static int look(struct settling *settling)
{
	_cleanup_free_ char *text = NULL;
	bool changed = false;
	int r = read_again(settling, &changed);

	if (r == 0)
		r = missing(&settling->system, &text);
	if (r < 0)
		return r;
	if (changed)
		settling->quiet_since = clock_now();
	show_progress(settling, text ? text : "devices to settle");
	return !text && is_quiet(settling);
}

/* The next time to look without an event: states change without one. */
static int64_t next_look(const struct settling *settling)
{
	int64_t quiet_end = settling->quiet_since + QUIET_MS;
	int64_t now = clock_now();

	return earlier(quiet_end > now ? quiet_end : now + rest(settling, QUIET_MS),
		       settling->deadline);
}

static int settle(struct settling *settling)
{
	int r = monitor_new(&settling->monitor);

	if (r < 0)
		return r;
	for (;;) {
		r = look(settling);
		if (r != 0 || clock_now() >= settling->deadline)
			return r < 0 ? r : 0;
		r = wait_until(settling, next_look(settling));
		if (r < 0)
			return r;
	}
}

enum exit_status settle_wait(const struct invocation *invocation)
{
	__attribute__((cleanup(settling_release))) struct settling settling = {
		.invocation = invocation,
		.deadline = clock_now() + invocation->settle,
		.quiet_since = clock_now(),
		.shows_progress = isatty(STDERR_FILENO),
	};
	int r = settle(&settling);

	show_progress(&settling, NULL);
	if (r == 0)
		return EXIT_OK;
	complain("cannot wait for devices: %s", strerror(-r));
	return EXIT_TROUBLE;
}
