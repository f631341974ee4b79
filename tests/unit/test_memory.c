// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every allocation of ours fails once: the linker wraps the functions (--wrap), so that
 * libc's and the libraries' own go on. What comes back is -ENOMEM and nothing leaks.
 */

#include "change.h"
#include "helper.h"
#include "history.h"
#include "reason.h"
#include "snapshot.h"
#include "unread.h"

static size_t countdown; /* 0: nothing fails */

static bool fails_now(void)
{
	return countdown > 0 && --countdown == 0;
}

#define WRAP(type, name, parameters, arguments)                                          \
	type __real_##name parameters;                                                   \
	type __wrap_##name parameters;                                                   \
	type __wrap_##name parameters                                                    \
	{                                                                                \
		if (!fails_now())                                                        \
			return __real_##name arguments;                                  \
		errno = ENOMEM;                                                          \
		return NULL;                                                             \
	}

WRAP(void *, malloc, (size_t size), (size))
WRAP(void *, calloc, (size_t count, size_t size), (count, size))
WRAP(void *, realloc, (void *old, size_t size), (old, size))
WRAP(void *, reallocarray, (void *old, size_t count, size_t size), (old, count, size))
WRAP(char *, strdup, (const char *string), (string))
WRAP(char *, strndup, (const char *string, size_t size), (string, size))
WRAP(FILE *, fopencookie,
     (void *cookie, const char *mode, cookie_io_functions_t functions),
     (cookie, mode, functions))

int __real_vasprintf(char **text, const char *format, va_list arguments);
int __wrap_vasprintf(char **text, const char *format, va_list arguments);
int __wrap_vasprintf(char **text, const char *format, va_list arguments)
{
	return fails_now() ? -1 : __real_vasprintf(text, format, arguments);
}

int __wrap_asprintf(char **text, const char *format, ...);
int __wrap_asprintf(char **text, const char *format, ...)
{
	va_list arguments;
	int r;

	va_start(arguments, format);
	r = __wrap_vasprintf(text, format, arguments);
	va_end(arguments);
	return r;
}

static const char board[] =
	"P: " DSP "\n"
	"E: SUBSYSTEM=platform\n"
	"E: DRIVER=dsp\n"
	"E: RPROC_TREE_KERNEL=5.4\nL: driver=../../bus/platform/drivers/dsp\n"
	"A: rproc-tree/memory-region=pool 0x0 0x1\n"
	"A: remoteproc1/uevent=DEVTYPE=remoteproc\nA: remoteproc1/state=offline\n\n"
	"P: " RPROC "\n"
	"E: SUBSYSTEM=remoteproc\n"
	"E: DEVTYPE=remoteproc\nA: state=crashed\nA: name=x\n\n"
	"P: " BROKEN "/virtio0\n"
	"E: SUBSYSTEM=virtio\n"
	"A: device=0x0007\n\n"
	"P: " BROKEN "/virtio0/virtio0.a.-1.14\n"
	"E: SUBSYSTEM=rpmsg\n"
	"A: name=a\\001\nA: dst=0xe\n";

/* The same, with a change of each kind that watch says in words of its own. */
static const char board_later[] =
	"P: " DSP "\n"
	"E: SUBSYSTEM=platform\n\n"
	"P: " RPROC "\n"
	"E: SUBSYSTEM=remoteproc\n"
	"E: DEVTYPE=remoteproc\nA: state=running\nA: name=x\nA: firmware=x.elf\n\n"
	"P: " FIXED "/virtio0\n"
	"E: SUBSYSTEM=virtio\nL: driver=../../bus/virtio/drivers/virtio_rpmsg_bus\n"
	"A: device=0x0007\n\n"
	"P: " FIXED "/virtio0/virtio0.b.-1.15\n"
	"E: SUBSYSTEM=rpmsg\n"
	"A: name=b\nA: dst=0xf\n";

static const char listing[] =
	"remoteproc0 -> ../../devices/platform/a/remoteproc/remoteproc0\n"
	"virtio0.a.-1.5 -> ../../../devices/platform/a/a#vdev0buffer/virtio0/virtio0.a.-1.5\n";

static const char pasted[] =
	"> [1.0] remoteproc remoteproc0: powering up m4\n"
	"> [1.1] rproc-virtio rproc-virtio.2.auto: assigned reserved memory node pool@8\n"
	"> [1.2] rproc-virtio rproc-virtio.2.auto: registered virtio0 (type 7)\n"
	"> [1.3] remoteproc remoteproc0: remote processor m4 is now up\n"
	"[1.4] virtio_rpmsg_bus virtio0: creating channel a addr 0x400\n"
	"[1.5] rpmsg_tty virtio0.a.-1.1024: new channel: 0x401 -> 0x400 : ttyRPMSG0\n"
	"[1.6] imx-rproc imx8-cm4: imx_rproc_kick: failed (0, err:-62)\n"
	"[1.7] remoteproc remoteproc1: powering up b\n"
	"[1.8] qcom_q6v5_pas 3.remoteproc: start timed out\n"
	"[1.9] remoteproc remoteproc1: can't start rproc b: -110\n"
	"[2.0] Unable to handle kernel NULL pointer\n[2.1] pc : rproc_boot+0x1/0x2\n"
	"# cat /sys/class/remoteproc/remoteproc*/state\nrunning\noffline\n"
	"# ls /sys/bus/rpmsg/devices\nvirtio0.a.-1.1024 virtio1.b.-1.5\n"
	"  looking at device '/devices/platform/x/remoteproc/remoteproc0':\n"
	"    SUBSYSTEM==\"remoteproc\"\n    ATTR{name}==\"m4\"\n";

static int render_all(const struct findings *findings)
{
	static const struct render_options all = {
		.columns =
			"device,kind,state,driver,verdict,remoteproc,name,firmware,src,"
			"dst,node,path,module,memory,details",
	};
	int r = 0;

	for (const struct format *format = formats; format->name && r == 0; format++) {
		FILE *out = fopen("/dev/null", "w");

		assert_non_null(out);
		r = format->render(out, findings, &all);
		fclose(out);
	}
	return r;
}

static int write_snapshot(const struct tree *tree)
{
	FILE *out = fopen("/dev/null", "w");
	int r;

	assert_non_null(out);
	r = snapshot_write(out, tree);
	fclose(out);
	return r;
}

static int do_all(FILE *file)
{
	_cleanup_inventory_ struct inventory *inventory = NULL;
	_cleanup_tree_ struct tree *tree = NULL;
	_cleanup_findings_ struct findings *findings = NULL;
	const struct check_options options = { .passes = true, .strict = true };
	struct notice notice;
	int r = source_text(file, "board", &inventory, &notice);

	assert_true(r == 0 || !inventory);
	if (r == 0)
		r = tree_build(inventory, &tree);
	if (r == 0)
		r = findings_build(tree, &options, &findings);
	if (r == 0)
		r = render_all(findings);
	return r == 0 ? write_snapshot(tree) : r;
}

/* Fails the first, the second, ... allocation until there is none left to fail. */
static void assert_each_failure_is_told(const char *text)
{
	size_t failed = 0;

	for (size_t n = 1;; n++) {
		FILE *file = fmemopen((void *)text, strlen(text), "r");
		bool reached;
		int r;

		assert_non_null(file);
		countdown = n;
		r = do_all(file);
		reached = countdown == 0;
		countdown = 0;
		fclose(file);
		if (!reached) {
			assert_int_equal(r, 0);
			break;
		}
		if (r != -ENOMEM)
			fail_msg("allocation %zu failed, and %d came back", n, r);
		failed++;
	}
	assert_true(failed > 50);
}

static void no_failed_allocation_of_a_board_passes_unnoticed(void **state)
{
	(void)state;
	assert_each_failure_is_told(board);
}

static void no_failed_allocation_of_a_listing_passes_unnoticed(void **state)
{
	(void)state;
	assert_each_failure_is_told(listing);
}

static void no_failed_allocation_of_a_pasted_text_passes_unnoticed(void **state)
{
	(void)state;
	assert_each_failure_is_told(pasted);
}

/* What a walk of /sys adds when it cannot read a file, and what a start asks of the log.
 */
static int do_live(struct world *world)
{
	_cleanup_free_ char *reason = NULL;
	int r = unread_add(world->inventory, "/sys/devices/a/state", EIO);

	if (r == 0 && !inventory_find_above(world->inventory, RPROC "/x"))
		return -ENOMEM;
	if (r == 0)
		r = reason_tell(world->tree->history, world_device(world, RPROC), 0,
				&reason);
	return r;
}

static void no_failed_allocation_of_a_live_system_passes_unnoticed(void **state)
{
	static const char crashed[] =
		"P: " DSP "\nE: SUBSYSTEM=platform\nE: " FACT_LOG "=1\n"
		"E: " FACT_LOG_LINE
		"0001=[ 1.0] remoteproc remoteproc0: crash detected in m4: type watchdog\n\n"
		"P: " RPROC "\nE: SUBSYSTEM=remoteproc\nE: DEVTYPE=remoteproc\n"
		"A: state=running\n\n";
	bool reached = true;

	(void)state;
	for (size_t n = 1; reached; n++) {
		_cleanup_world_ struct world world = { 0 };
		int r;

		world_of(&world, crashed);
		countdown = n;
		r = do_live(&world);
		reached = countdown == 0;
		countdown = 0;
		assert_int_equal(r, reached ? -ENOMEM : 0);
	}
}

static int say_changes(const struct diff *diff)
{
	static const struct render_options plain = { 0 },
					   dressed = { .ascii = true, .color = true };
	FILE *out = fopen("/dev/null", "w");
	int r = 0;

	assert_non_null(out);
	for (size_t i = 0; i < diff->count && r == 0; i++) {
		r = change_text(out, &diff->changes[i], NULL, "now", &plain);
		if (r == 0)
			r = change_text(out, &diff->changes[i], "why", "now", &dressed);
	}
	fclose(out);
	return r;
}

static void no_failed_allocation_of_what_watch_says_passes_unnoticed(void **state)
{
	_cleanup_world_ struct world before = { 0 }, after = { 0 };
	_cleanup_diff_ struct diff *diff = NULL;
	size_t failed = 0;
	int r;

	(void)state;
	world_of(&before, board);
	world_of(&after, board_later);
	assert_int_equal(diff_build(before.tree, after.tree, &diff), 0);
	assert_true(diff->count > 4);
	do {
		countdown = ++failed;
		r = say_changes(diff);
		assert_int_equal(r, countdown == 0 ? -ENOMEM : 0);
	} while (r < 0);
	countdown = 0;
	assert_true(failed > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_failed_allocation_of_a_board_passes_unnoticed),
		cmocka_unit_test(no_failed_allocation_of_a_listing_passes_unnoticed),
		cmocka_unit_test(no_failed_allocation_of_a_pasted_text_passes_unnoticed),
		cmocka_unit_test(no_failed_allocation_of_a_live_system_passes_unnoticed),
		cmocka_unit_test(
			no_failed_allocation_of_what_watch_says_passes_unnoticed),
	};

	world_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
