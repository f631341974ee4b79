// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Follows the devices: every event, and every state that is another than it was, makes a
 * new reading, and the difference to the last is what is printed. So lost events cost
 * nothing, and what watch believes is what a fresh walk says. A burst is read once.
 */

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>

#include "buffer.h"
#include "change.h"
#include "clock.h"
#include "commands.h"
#include "escape.h"
#include "monitor.h"
#include "reasons.h"

#define BURST_MS 100 /* events of one burst come together */
/* And readings follow each other that many times as slowly as they can: in a storm of
 * events a fifth of a processor is spent. */
#define REST 4

enum waker { WAKER_SIGNAL, WAKER_OUTPUT, WAKER_MONITOR, WAKER_LOG, WAKER_COUNT_ };

struct watch {
	const struct invocation *invocation;
	const struct format *format; /* NULL: lines */
	bool is_terminal;
	struct monitor *monitor;
	int signals; /* signalfd */
	struct reasons reasons;
	struct system system;
	int64_t reading;                /* ms: how long the last one took */
	const struct inventory *before; /* while changes since then are printed */
	char *tree;                     /* as it was printed last, of formats that do */
	struct pollfd wakers[WAKER_COUNT_];
};

static void watch_release(struct watch *watch)
{
	system_release(&watch->system);
	monitor_free(watch->monitor);
	closep(&watch->signals);
	reasons_release(&watch->reasons);
	free(watch->tree);
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

/* Now: to the millisecond, as RFC 3339 has it, or for a person by the clock on the wall.
 */
static void print_time(bool is_json, char *text, size_t size)
{
	struct timespec now;
	struct tm fields;
	size_t used;

	clock_gettime(CLOCK_REALTIME, &now);
	if (!is_json) {
		localtime_r(&now.tv_sec, &fields);
		strftime(text, size, "%H:%M:%S", &fields);
		return;
	}
	gmtime_r(&now.tv_sec, &fields);
	used = strftime(text, size, "%Y-%m-%dT%H:%M:%S", &fields);
	snprintf(text + used, size - used, ".%03ldZ", now.tv_nsec / 1000000);
}

static bool prints_json(const struct watch *watch)
{
	return watch->format && strcmp(watch->format->name, "json") == 0;
}

static bool prints_tree(const struct watch *watch)
{
	return watch->format && !prints_json(watch);
}

/* With the last of the named devices those above it leave the tree, and are still there.
 */
static bool is_real(const struct watch *watch, const struct change *change)
{
	if (change->kind == CHANGE_WENT)
		return !inventory_find(watch->system.inventory,
				       change->before->record->path);
	if (change->kind == CHANGE_APPEARED)
		return !watch->before ||
		       !inventory_find(watch->before, change->after->record->path);
	return true;
}

static int print_change(FILE *out, const struct watch *watch, const struct change *change)
{
	_cleanup_free_ char *reason = NULL;
	bool is_json = prints_json(watch);
	char time[40];
	int r = change->kind == CHANGE_STATE
			? reasons_tell(&watch->reasons, change->after, &reason)
			: 0;

	if (r < 0)
		return r;
	print_time(is_json, time, sizeof(time));
	return is_json ? change_json(out, change, reason, time)
		       : change_text(out, change, reason, time,
				     &watch->invocation->render);
}

static bool has_new_state(const struct diff *diff, const struct device *processor)
{
	for (size_t i = 0; i < diff->count; i++)
		if (diff->changes[i].kind == CHANGE_STATE &&
		    diff->changes[i].after == processor)
			return true;
	return false;
}

/* One that did not start is offline as before, one that crashed may run again already:
 * of that only the log tells. */
static int print_unchanged(FILE *out, const struct watch *watch, const struct diff *diff,
			   const struct device *processor)
{
	_cleanup_free_ char *reason = NULL;
	_cleanup_free_ char *state = escape_string(processor->remoteproc.state_word, 0);
	const struct change change = {
		.kind = CHANGE_STATE,
		.identity = identity_of(&diff->after_identities, diff->after, processor),
		.before = processor,
		.after = processor,
		.before_text = state,
		.after_text = state,
	};
	int r = state ? reasons_tell(&watch->reasons, processor, &reason) : -ENOMEM;

	return r == 0 && reason ? print_change(out, watch, &change) : r;
}

/* Without a difference, as at the first reading, there is nothing to print. */
static int print_changes(FILE *out, const struct watch *watch, const struct diff *diff)
{
	int r = 0;

	for (size_t i = 0; diff && i < diff->count && r == 0; i++)
		if (is_real(watch, &diff->changes[i]))
			r = print_change(out, watch, &diff->changes[i]);
	if (!diff)
		return r;
	tree_foreach (device, diff->after)
		if (r == 0 && device->kind == KIND_REMOTEPROC &&
		    device->remoteproc.state_word && !has_new_state(diff, device))
			r = print_unchanged(out, watch, diff, device);
	return r;
}

static int make_tree(const struct watch *watch, char **ret)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	struct render_options options = watch->invocation->render;
	struct winsize window;
	int r = buffer_open(&buffer);

	if (watch->is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0)
		options.width = window.ws_col;
	if (r == 0)
		r = watch->format->render(buffer.out, watch->system.findings, &options);
	return r < 0 ? r : buffer_take(&buffer, ret, NULL);
}

/* So little at a time that it cannot block once poll(2) has said that there is room: who
 * reads may have stopped, and a signal ends that, too. 1: to be ended, 0, -errno. */
static int write_out(struct watch *watch, const char *text, size_t size)
{
	while (size > 0) {
		ssize_t written;

		watch->wakers[WAKER_OUTPUT].events = POLLOUT;
		if (poll(watch->wakers, WAKER_MONITOR, -1) < 0 && errno != EINTR)
			return -errno;
		watch->wakers[WAKER_OUTPUT].events = 0;
		if (watch->wakers[WAKER_SIGNAL].revents)
			return 1;
		if (!watch->wakers[WAKER_OUTPUT].revents)
			continue;
		written = write(STDOUT_FILENO, text, size < PIPE_BUF ? size : PIPE_BUF);
		if (written < 0 && errno != EINTR && errno != EAGAIN)
			return -errno;
		text += written > 0 ? written : 0;
		size -= written > 0 ? (size_t)written : 0;
	}
	return 0;
}

static int make_changes(const struct watch *watch, const struct diff *diff, char **ret,
			size_t *ret_size)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	int r = buffer_open(&buffer);

	if (r == 0)
		r = print_changes(buffer.out, watch, diff);
	return r < 0 ? r : buffer_take(&buffer, ret, ret_size);
}

/* What changed may be in the tree only, as the driver of a vdev that gave up. On a
 * terminal it is a new screen, and below the tree what changed and how to leave. */
static int write_tree(struct watch *watch, const char *changes)
{
	_cleanup_free_ char *tree = NULL, *text = NULL;
	int r = make_tree(watch, &tree);

	if (r < 0)
		return r;
	if (*changes == '\0' && watch->tree && strcmp(tree, watch->tree) == 0)
		return 0;
	free(watch->tree);
	watch->tree = steal(tree);
	if (!watch->is_terminal)
		return write_out(watch, watch->tree, strlen(watch->tree));
	r = asprintf(&text, "\033[H\033[2J\033[3J%s\n%sPress Ctrl-C to leave.\n",
		     watch->tree, changes);
	return r < 0 ? -ENOMEM : write_out(watch, text, (size_t)r);
}

/* 1: to be ended, 0, -errno; -EPIPE: nobody reads any more. */
static int print(struct watch *watch, const struct diff *diff)
{
	_cleanup_free_ char *changes = NULL;
	size_t size;
	int r = make_changes(watch, diff, &changes, &size);

	if (r < 0)
		return r;
	return prints_tree(watch) ? write_tree(watch, changes)
				  : write_out(watch, changes, size);
}

static int read_again(struct watch *watch)
{
	_cleanup_system_ struct system before = { 0 };
	_cleanup_diff_ struct diff *diff = NULL;
	int64_t start = clock_now();
	int r = system_refresh(watch->invocation, &watch->system, &before, &diff);

	watch->reading = clock_now() - start;
	watch->before = before.inventory;
	if (r == 0)
		r = reasons_begin(&watch->reasons);
	if (r == 0 && diff)
		r = print(watch, diff);
	reasons_end(&watch->reasons);
	watch->before = NULL;
	return r;
}

/* The first reading has nothing to compare with: trees begin, lines do not. 1: to be
 * ended, 0, -errno. */
static int begin(struct watch *watch)
{
	int r = monitor_new(&watch->monitor);

	reasons_open(&watch->reasons, watch->invocation);
	if (r == 0)
		r = system_read_live(watch->invocation, &watch->system);
	if (r < 0)
		return r;
	watch->wakers[WAKER_SIGNAL] = (struct pollfd){ watch->signals, POLLIN, 0 };
	watch->wakers[WAKER_OUTPUT] = (struct pollfd){ STDOUT_FILENO, 0, 0 };
	watch->wakers[WAKER_MONITOR] =
		(struct pollfd){ monitor_fd(watch->monitor), POLLIN, 0 };
	watch->wakers[WAKER_LOG] = (struct pollfd){ watch->reasons.fd, POLLIN, 0 };
	return prints_tree(watch) ? print(watch, NULL) : 0;
}

/* Waits without looking at the first events of a burst. 1: to be ended, 0, -errno. */
static int wait_for(struct watch *watch, enum waker count, int timeout)
{
	if (poll(watch->wakers, count, timeout) < 0)
		return errno == EINTR ? 0 : -errno;
	return watch->wakers[WAKER_SIGNAL].revents || watch->wakers[WAKER_OUTPUT].revents;
}

/* Events are taken off the queue meanwhile, or it would fill; but not the last of them,
 * as the reading is to follow some time after each. 1: to be ended, 0, -errno. */
static int rest(struct watch *watch)
{
	int64_t end = clock_now() + REST * watch->reading;

	for (;;) {
		int r = wait_for(watch, WAKER_MONITOR, BURST_MS);

		if (r != 0 || clock_now() >= end)
			return r;
		monitor_take(watch->monitor);
	}
}

static int take_log(struct watch *watch)
{
	int r = reasons_take(&watch->reasons);

	watch->wakers[WAKER_LOG].fd = watch->reasons.fd;
	return r;
}

/* Whether it may be another system now: 1, 0, -ENOMEM. */
static int look(struct watch *watch, int64_t *next_poll)
{
	int interval = watch->invocation->interval, r = take_log(watch);
	bool changed = monitor_take(watch->monitor) || r > 0;

	if (r >= 0 && interval && clock_now() >= *next_poll) {
		changed = changed || monitor_states_changed(watch->system.inventory);
		*next_poll = clock_now() + interval;
	}
	return r < 0 ? r : changed;
}

/* One turn: 1: to be ended, 0: go on, -errno. */
static int turn(struct watch *watch, int64_t *next_poll)
{
	int interval = watch->invocation->interval;
	int r = wait_for(watch, WAKER_COUNT_, interval ? clock_until(*next_poll) : -1);

	if (r != 0)
		return r;
	r = look(watch, next_poll);
	if (r <= 0)
		return r;
	/* The kernel says remove before the directory is gone: what comes meanwhile is
	 * for the next turn, so that each event is followed by a reading, and not too
	 * soon. The log tells of a crash before the state does. */
	r = rest(watch);
	if (r != 0)
		return r;
	r = take_log(watch);
	return r < 0 ? r : read_again(watch);
}

static int follow(struct watch *watch)
{
	int64_t next_poll = clock_now() + watch->invocation->interval;
	int r = begin(watch);

	while (r == 0)
		r = turn(watch, &next_poll);
	return r < 0 ? r : 0;
}

/* Named devices have to be there when it starts; later they may come and go. */
static enum exit_status check_devices(const struct invocation *invocation)
{
	_cleanup_system_ struct system system = { 0 };
	enum exit_status status =
		invocation->arguments[0] ? system_load(invocation, &system) : EXIT_OK;

	return invocation->arguments[0] && !system.findings ? status : EXIT_OK;
}

enum exit_status command_watch(const struct invocation *invocation)
{
	enum exit_status status = check_devices(invocation);
	__attribute__((cleanup(watch_release))) struct watch watch = {
		.invocation = invocation,
		.is_terminal = isatty(STDOUT_FILENO),
		.signals = open_signals(),
		.reasons = { .fd = -1 },
	};
	int r = watch.signals < 0 ? watch.signals : 0;

	if (status != EXIT_OK)
		return status;
	if (invocation->format || watch.is_terminal)
		watch.format = format_find(invocation->format, FORMAT_SHOW);
	if (r == 0)
		r = follow(&watch);
	if (r == 0 || r == -EPIPE)
		return EXIT_OK;
	complain("cannot watch: %s", strerror(-r));
	return EXIT_TROUBLE;
}
