// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Follows the devices: every event, and every state that is another than it was, makes a
 * new reading, and the difference to the last is what is printed. So lost events cost
 * nothing, and what watch believes is what a fresh walk says. A burst is read once.
 */

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio_ext.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>

#include "change.h"
#include "clock.h"
#include "commands.h"
#include "monitor.h"

#define BURST_MS 100 /* events of one burst come together */

enum waker { WAKER_SIGNAL, WAKER_OUTPUT, WAKER_MONITOR, WAKER_COUNT_ };

struct watch {
	const struct invocation *invocation;
	const struct format *format; /* NULL: lines */
	bool is_terminal;
	struct monitor *monitor;
	int signals; /* signalfd */
	struct system system;
	struct pollfd wakers[WAKER_COUNT_];
};

static void watch_release(struct watch *watch)
{
	system_release(&watch->system);
	monitor_free(watch->monitor);
	closep(&watch->signals);
}

static int open_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return -errno;
	signal(SIGPIPE, SIG_IGN);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

/* Now, to the millisecond, as RFC 3339 has it. */
static void print_time(char *text, size_t size)
{
	struct timespec now;
	struct tm fields;
	size_t used;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &fields);
	used = strftime(text, size, "%Y-%m-%dT%H:%M:%S", &fields);
	snprintf(text + used, size - used, ".%03ldZ", now.tv_nsec / 1000000);
}

static int print_tree(const struct watch *watch)
{
	struct render_options options = watch->invocation->render;
	struct winsize size;

	if (watch->is_terminal) {
		fputs("\033[H\033[2J\033[3J", stdout);
		if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
			options.width = size.ws_col;
	}
	return watch->format->render(stdout, watch->system.findings, &options);
}

static bool prints_json(const struct watch *watch)
{
	return watch->format && strcmp(watch->format->name, "json") == 0;
}

/* Without a difference, as at the first reading, there is nothing to print. */
static int print_changes(const struct watch *watch, const struct diff *diff)
{
	char time[40];
	int r = 0;

	print_time(time, sizeof(time));
	for (size_t i = 0; diff && i < diff->count && r == 0; i++)
		r = prints_json(watch) ? change_json(stdout, &diff->changes[i], time)
				       : change_text(stdout, &diff->changes[i], time,
						     &watch->invocation->render);
	return r;
}

/* -EPIPE: nobody reads any more. */
static int flush(void)
{
	errno = 0;
	return fflush(stdout) == 0 ? 0 : errno ? -errno : -EIO;
}

static int print(const struct watch *watch, const struct diff *diff)
{
	int r = watch->format && !prints_json(watch) ? print_tree(watch)
						     : print_changes(watch, diff);

	return r < 0 ? r : flush();
}

static int read_again(struct watch *watch)
{
	_cleanup_system_ struct system now = { 0 };
	_cleanup_diff_ struct diff *diff = NULL;
	struct system before = watch->system;
	int r = system_read_live(watch->invocation, &now);

	if (r == 0)
		r = diff_build(before.tree, now.tree, &diff);
	if (r < 0 || !diff)
		return r;
	watch->system = now;
	now = before; /* released after the difference that borrows from it */
	return diff->count > 0 ? print(watch, diff) : 0;
}

/* The first reading has nothing to compare with: trees begin, lines do not. */
static int begin(struct watch *watch)
{
	int r = monitor_new(&watch->monitor);

	if (r == 0)
		r = system_read_live(watch->invocation, &watch->system);
	if (r < 0)
		return r;
	watch->wakers[WAKER_SIGNAL] = (struct pollfd){ watch->signals, POLLIN, 0 };
	watch->wakers[WAKER_OUTPUT] = (struct pollfd){ STDOUT_FILENO, 0, 0 };
	watch->wakers[WAKER_MONITOR] =
		(struct pollfd){ monitor_fd(watch->monitor), POLLIN, 0 };
	return watch->format && !prints_json(watch) ? print(watch, NULL) : 0;
}

/* Waits without looking at the first events of a burst. 1: to be ended, 0, -errno. */
static int wait_for(struct watch *watch, enum waker count, int timeout)
{
	if (poll(watch->wakers, count, timeout) < 0)
		return errno == EINTR ? 0 : -errno;
	return watch->wakers[WAKER_SIGNAL].revents || watch->wakers[WAKER_OUTPUT].revents;
}

/* One turn: 1: to be ended, 0: go on, -errno. */
static int turn(struct watch *watch, int64_t *next_poll)
{
	int interval = watch->invocation->interval;
	bool changed;
	int r = wait_for(watch, WAKER_COUNT_, interval ? clock_until(*next_poll) : -1);

	if (r != 0)
		return r;
	changed = monitor_take(watch->monitor);
	if (interval && clock_now() >= *next_poll) {
		changed = changed || monitor_states_changed(watch->system.inventory);
		*next_poll = clock_now() + interval;
	}
	/* The kernel says remove before the directory is gone: what comes meanwhile is
	 * for the next turn, so that each event is followed by a reading, and not too
	 * soon. */
	r = changed ? wait_for(watch, WAKER_MONITOR, BURST_MS) : 0;
	return changed && r == 0 ? read_again(watch) : r;
}

static int follow(struct watch *watch)
{
	int64_t next_poll = clock_now() + watch->invocation->interval;
	int r = begin(watch);

	while (r == 0)
		r = turn(watch, &next_poll);
	return r < 0 ? r : 0;
}

enum exit_status command_watch(const struct invocation *invocation)
{
	__attribute__((cleanup(watch_release))) struct watch watch = {
		.invocation = invocation,
		.is_terminal = isatty(STDOUT_FILENO),
		.signals = open_signals(),
	};
	int r = watch.signals < 0 ? watch.signals : 0;

	if (invocation->format || watch.is_terminal)
		watch.format = format_find(invocation->format, FORMAT_SHOW);
	if (r == 0)
		r = follow(&watch);
	if (r == -EPIPE) {
		__fpurge(stdout);
		clearerr(stdout);
		return EXIT_OK;
	}
	if (r == 0)
		return EXIT_OK;
	complain("cannot watch: %s", strerror(-r));
	return EXIT_TROUBLE;
}
