// SPDX-License-Identifier: GPL-2.0-or-later
#include "reasons.h"

#include <errno.h>
#include <string.h>

#include "kmsg.h"
#include "reason.h"

/* Enough for what the kernel says of some crashes at once. */
#define LINES_MAX 512

static void close_log(struct reasons *reasons)
{
	closep(&reasons->fd);
	reasons->fd = -1;
}

static bool is_forbidden(int r)
{
	return r == -EACCES || r == -EPERM;
}

void reasons_open(struct reasons *reasons, const struct invocation *invocation)
{
	_cleanup_paths_ struct paths paths = { .root = -1 };
	int r = paths_init(&paths, NULL);

	reasons->is_quiet = invocation->render.quiet;
	reasons->fd = r < 0 ? r : kmsg_open(&paths);
	if (is_forbidden(reasons->fd) && !reasons->is_quiet)
		complain(
			"cannot read the kernel log, which has the reason of a crash or a failed start: run as root");
}

static void forget_all(struct reasons *reasons)
{
	log_release(&reasons->log);
	reasons->log = (struct log){ 0 };
	reasons->told = 0;
}

void reasons_release(struct reasons *reasons)
{
	reasons_end(reasons);
	forget_all(reasons);
	close_log(reasons);
}

/* Two lines with a gap between them may have nothing to do with each other. */
static void lose(struct reasons *reasons)
{
	forget_all(reasons);
	if (!reasons->lost && !reasons->is_quiet)
		complain(
			"lines of the kernel log were lost: the reason of a change may be missing");
	reasons->lost = true;
}

int reasons_take(struct reasons *reasons)
{
	int r = reasons->fd < 0 ? 0 : kmsg_take(reasons->fd, &reasons->log);

	/* What is left is there: poll(2) says so at once. */
	if (r == -EPIPE)
		lose(reasons);
	if (r >= 0 || r == -ENOMEM)
		return r;
	if (r == -EPIPE)
		return 0;
	if (!reasons->is_quiet)
		complain("cannot read the kernel log any more: %s", strerror(-r));
	close_log(reasons);
	return 0;
}

int reasons_begin(struct reasons *reasons)
{
	return reasons->log.count > reasons->told
		       ? history_tell(&reasons->log, &reasons->history)
		       : 0;
}

void reasons_end(struct reasons *reasons)
{
	history_free(steal(reasons->history));
	if (reasons->log.count > LINES_MAX)
		log_forget(&reasons->log, reasons->log.count - LINES_MAX / 2);
	reasons->told = reasons->log.count;
}

int reasons_tell(const struct reasons *reasons, const struct device *processor,
		 char **ret)
{
	*ret = NULL;
	return reasons->history
		       ? reason_tell(reasons->history, processor, reasons->told, ret)
		       : 0;
}
