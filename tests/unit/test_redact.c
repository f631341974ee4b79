// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * No name that a redaction masks is in any output of it, however it is written there, and
 * what is wrong stays wrong. Boards and logs are made up from a seed: each name has a
 * core, letters that nothing else has, so that a part of a name is found, too.
 */

#include "helper.h"

#include <stdio.h>

#include "redact.h"

#define BOARDS    400
#define CORE_SIZE 9

struct secrets {
	unsigned int seed;
	size_t count;
	char cores[128][CORE_SIZE + 1];
};

/* xorshift: the same everywhere. */
static unsigned int draw(struct secrets *secrets, unsigned int below)
{
	secrets->seed ^= secrets->seed << 13;
	secrets->seed ^= secrets->seed >> 17;
	secrets->seed ^= secrets->seed << 5;
	return secrets->seed % below;
}

static const char *core(struct secrets *secrets)
{
	char *text = secrets->cores[secrets->count++];

	assert_true(secrets->count <= ARRAY_SIZE(secrets->cores));
	memcpy(text, "zq", 2);
	for (size_t i = 2; i < CORE_SIZE; i++)
		text[i] = (char)('g' + draw(secrets, 20));
	text[CORE_SIZE] = '\0';
	return text;
}

/* As a file may be called. */
static void name_file(struct secrets *secrets, char *name, size_t size)
{
	static const char *const forms[] = {
		"%s.bin",
		"%s",
		"vendor/board/%s.mbn",
		"%s rev b.elf",
		"firmware-%s.bin",
		"firmware-1%s",
		"%s\xc3\xb6.fw",
		"a'%s\".fw",
		"%s,v=2;x.bin",
		"../%s/x%s.fw",
		"%s:%s",
		"%s]%s.bin",
	};
	const char *a = core(secrets), *b = core(secrets);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
	snprintf(name, size, forms[draw(secrets, ARRAY_SIZE(forms))], a, b);
#pragma GCC diagnostic pop
}

/* As the kernel prints it: raw, or as /dev/kmsg has it. */
static void write_name(struct secrets *secrets, FILE *out, const char *name)
{
	bool escape = draw(secrets, 2);

	for (; *name; name++)
		if (escape && (*name & 0x80))
			fprintf(out, "\\x%02x", *name & 0xff);
		else
			fputc(*name, out);
}

/* A line of the log: %F a file, %B its last component, %S any secret. */
static const char *const lines[] = {
	"remoteproc remoteproc0: Booting fw image %F, size 1234",
	"remoteproc remoteproc0: Booting fw image %B, size 1234",
	"remoteproc remoteproc0: powering up dsp",
	"remoteproc remoteproc0: Direct firmware load for %F failed with error -2",
	"remoteproc remoteproc0: request_firmware failed: -2",
	"remoteproc remoteproc0: Falling back to sysfs fallback for: %F",
	"(NULL device *): loading %F failed with error -22",
	"remoteproc remoteproc0: firmware: failed to load %F (-2)",
	"remoteproc remoteproc0: could not get %F of %S",
	"remoteproc-loader: picked %F for remoteproc0, %S",
	"remoteproc remoteproc0: Image is too small: %F",
	"qcom_q6v5_pas 3000000.remoteproc: fatal error received: %S in %F",
	"qcom_q6v5_pas 3000000.remoteproc: failed to open %B: -5",
	"qcom_q6v5_pas 3000000.remoteproc: error -22 initializing firmware %F",
	"remoteproc remoteproc0: crash detected in dsp: type watchdog",
	"remoteproc remoteproc0: handling crash #1 in dsp",
	"Hardware name: %S (DT) rproc",
	"remoteproc: machine %S",
	"Internal error: Oops: 96000004 [#1] SMP %S",
	"Modules linked in: %S virtio_rpmsg_bus(+) rpmsg_%S",
	"pc : rproc_boot+0x10/0x20 [%S]",
	"platform 1000.dsp: deferred probe pending: %S",
};

static void write_log_line(struct secrets *secrets, FILE *out, const char *file)
{
	static const char *const before[] = {
		"",
		"[    1.234567] ",
		"%S login: [    2.000000] ",
		"Nov 25 10:00:01 %S kernel: ",
		"<6>[    3.000000][   T71] ",
		"[root@%S ~]# ",
		"[    4.000000] %S ",
	};
	const char *texts[] = { before[draw(secrets, ARRAY_SIZE(before))],
				lines[draw(secrets, ARRAY_SIZE(lines))] };
	const char *slash = strrchr(file, '/');

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		for (const char *at = texts[i]; *at; at++) {
			if (*at != '%') {
				fputc(*at, out);
				continue;
			}
			at++;
			if (*at == 'S')
				fputs(core(secrets), out);
			else
				write_name(secrets, out,
					   *at == 'B' && slash ? slash + 1 : file);
		}
}

static void add_log(struct secrets *secrets, struct inventory *inventory,
		    const char *file)
{
	for (unsigned int count = draw(secrets, 8); count > 0; count--) {
		char line[1024] = "";
		FILE *out = fmemopen(line, sizeof(line), "w");

		write_log_line(secrets, out, file);
		assert_int_equal(fclose(out), 0);
		assert_int_equal(log_offer(&inventory->log, line, strlen(line)), 0);
	}
}

static void add_property(struct record *record, const char *key, const char *before,
			 const char *secret)
{
	_cleanup_free_ char *value = NULL;

	assert_true(asprintf(&value, "%s%s", before, secret) >= 0);
	assert_int_equal(record_set_property(record, key, value), 0);
}

static void add_attribute(struct record *record, const char *name, const char *before,
			  const char *value)
{
	_cleanup_free_ char *whole = NULL;

	assert_true(asprintf(&whole, "%s%s", before, value) >= 0);
	assert_int_equal(record_add_attribute(record, name, whole, strlen(whole)), 0);
}

static void add_processor(struct world *world, const char *file, const char *machine,
			  struct secrets *secrets)
{
	struct record *record;

	record = world_add(world, "/devices/platform/1000.dsp", "platform");
	add_property(record, "OF_FULLNAME", "/soc/", core(secrets));
	add_property(record, FACT_BLACKLIST, "install /bin/", core(secrets));
	add_property(record, FACT_MISSING_DETAIL, "file:", file);
	record = world_add(world, "/devices/platform/1000.dsp/remoteproc/remoteproc0",
			   "remoteproc");
	add_property(record, "DEVTYPE", "", "remoteproc");
	add_property(record, "ID_MODEL", "", core(secrets));
	add_attribute(record, "name", "", "dsp");
	add_attribute(record, "state", "", draw(secrets, 2) ? "offline" : "crashed");
	add_attribute(record, "firmware", "", file);
	add_attribute(record, "serial", "", core(secrets));
	add_attribute(record, FACT_TRACE, "trace\n", core(secrets));
	add_attribute(record, FACT_RESOURCE_TABLE, "Name ", file);
	add_attribute(record, FACT_CARVEOUTS, "Carveout of ", machine);
}

static void add_system(struct world *world, const char *file, const char *machine,
		       struct secrets *secrets)
{
	struct record *system = &world->inventory->system;

	add_property(system, FACT_MACHINE, "", machine);
	add_property(system, FACT_COMPATIBLE, "acme,", core(secrets));
	add_property(system, FACT_KERNEL, "6.1.0-", machine);
	add_property(system, FACT_REDACTED, "by ", core(secrets));
	add_property(system, "RPROC_TREE_OWNER", "", core(secrets));
	add_property(system, FACT_UNREAD, "", "2");
	add_property(system, FACT_UNREAD_FILE "00", "EIO /lib/firmware/", file);
	add_property(system, FACT_UNREAD_FILE "01", "EIO /home/", core(secrets));
	add_log(secrets, world->inventory, file);
}

static void make_board(struct world *world, struct secrets *secrets)
{
	char file[128], machine[64];
	struct record *record;

	name_file(secrets, file, sizeof(file));
	snprintf(machine, sizeof(machine), "Board %s", core(secrets));
	add_processor(world, file, machine, secrets);
	record = world_add(world,
			   "/devices/platform/1000.dsp/remoteproc/remoteproc0/virtio0",
			   "virtio");
	add_attribute(record, "device", "", "0x0007");
	add_attribute(record, "status", "", "0x00000007");
	record = world_add(
		world,
		"/devices/platform/1000.dsp/remoteproc/remoteproc0/virtio0/virtio0.a.-1.1",
		"rpmsg");
	add_attribute(record, "name", "for ", machine);
	add_system(world, file, machine, secrets);
	world_build(world);
}

static void rebuild(struct world *world)
{
	tree_free(world->tree);
	findings_free(world->findings);
	world->tree = NULL;
	world->findings = NULL;
	world_build(world);
}

static void assert_tells_nothing(const char *text, const char *format,
				 const struct secrets *secrets, unsigned int board)
{
	for (size_t i = 0; i < secrets->count; i++) {
		char hex[2 * CORE_SIZE + 1];
		const char *at;

		for (size_t j = 0; j < CORE_SIZE; j++)
			snprintf(hex + 2 * j, 3, "%02X", secrets->cores[i][j] & 0xff);
		at = strstr(text, secrets->cores[i]);
		at = at ? at : strstr(text, hex);
		if (at)
			fail_msg("board %u, %s: %.*s", board, format, 120,
				 at - text < 60 ? text : at - 60);
	}
}

static void assert_clean(struct world *world, const struct secrets *secrets,
			 unsigned int board)
{
	const struct render_options options = { .verbose = true };

	for (const struct format *format = formats; format->name; format++) {
		_cleanup_free_ char *text =
			oracle_render(world->findings, format->name, &options);

		assert_non_null(text);
		assert_tells_nothing(text, format->name, secrets, board);
	}
}

static void test_no_name_is_in_any_output(void **state)
{
	(void)state;
	for (unsigned int board = 0; board < BOARDS; board++) {
		_cleanup_world_ struct world world = { 0 };
		struct secrets secrets = { .seed = 2463534242U + board * 7919 };

		make_board(&world, &secrets);
		assert_int_equal(redact(world.inventory), 0);
		rebuild(&world);
		assert_clean(&world, &secrets, board);
	}
}

static void test_the_same_findings_stay(void **state)
{
	(void)state;
	for (unsigned int board = 0; board < BOARDS; board++) {
		_cleanup_world_ struct world open = { 0 }, masked = { 0 };
		struct secrets one = { .seed = 88172645U + board * 7919 }, other = one;

		make_board(&open, &one);
		make_board(&masked, &other);
		assert_int_equal(redact(masked.inventory), 0);
		rebuild(&masked);
		assert_int_equal(open.findings->count, masked.findings->count);
		for (size_t i = 0; i < open.findings->count; i++) {
			assert_ptr_equal(open.findings->list[i].check,
					 masked.findings->list[i].check);
			assert_int_equal(open.findings->list[i].status,
					 masked.findings->list[i].status);
		}
	}
}

static char *redacted_line(const char *line, const char *firmware)
{
	_cleanup_world_ struct world world = { 0 };
	struct record *record = world_add(&world, "/devices/x/remoteproc0", "remoteproc");

	add_property(record, "DEVTYPE", "", "remoteproc");
	add_attribute(record, "firmware", "", firmware);
	assert_int_equal(log_offer(&world.inventory->log, line, strlen(line)), 0);
	assert_int_equal(redact(world.inventory), 0);
	return world.inventory->log.count == 0
		       ? strdup("(left out)")
		       : strdup(world.inventory->log.lines[0].bytes);
}

static void test_of_a_line_what_is_known_stays(void **state)
{
	static const struct {
		const char *line, *firmware, *result;
	} cases[] = {
		{ "[    1.0] remoteproc remoteproc0: Booting fw image dsp.bin, size 12",
		  "dsp.bin",
		  "[    1.0] remoteproc remoteproc0: Booting fw image firmware-1, size 12" },
		{ "me@box:~$ remoteproc remoteproc0: powering up m4", "m4",
		  "remoteproc remoteproc0: powering up m4" },
		{ "box remoteproc0: powering up m4", "m4",
		  "remoteproc0: powering up m4" },
		{ "remoteproc remoteproc0: Falling back to sysfs fallback for: my dsp.bin",
		  "my dsp.bin",
		  "remoteproc remoteproc0: Falling back to sysfs fallback for: firmware-1" },
		{ "remoteproc remoteproc0: Booting fw image firmware-2, size 12",
		  "firmware-2",
		  "remoteproc remoteproc0: Booting fw image file-1, size 12" },
		{ "imx-rproc m4: failed to get clock: -2", "x",
		  "imx-rproc m4: failed to get clock: -2" },
		{ "imx-rproc m4: failed to get Acme: -2", "x",
		  "imx-rproc m4: failed to get (masked): -2" },
		{ "imx-rproc m4: cannot map Acme DDR, size 12", "x",
		  "imx-rproc m4: cannot map (masked) size 12" },
		{ "remoteproc0 is said to be Acme's", "x", "(left out)" },
		{ "Modules linked in: acme virtio_rpmsg_bus(+) hci", "x",
		  "Modules linked in: virtio_rpmsg_bus(+)" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_free_ char *line =
			redacted_line(cases[i].line, cases[i].firmware);

		assert_string_equal(line, cases[i].result);
	}
}

static void test_it_says_what_it_left_out(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	struct record *record = world_add(&world, "/devices/x/remoteproc0", "remoteproc");
	static const char line[] = "remoteproc0 of Acme";

	(void)state;
	add_property(record, "DEVTYPE", "", "remoteproc");
	add_property(record, "ID_MODEL", "", "Acme");
	add_attribute(record, "firmware", "", "dsp.bin");
	assert_int_equal(log_offer(&world.inventory->log, line, strlen(line)), 0);
	assert_int_equal(redact(world.inventory), 0);
	assert_string_equal(record_property(&world.inventory->system, FACT_REDACTED),
			    "1 firmware name, 1 log line left out, 1 value left out");
}

static void test_the_kernels_word_for_no_file_stays(void **state)
{
	_cleanup_world_ struct world world = { 0 };
	struct record *record = world_add(&world, "/devices/x/remoteproc0", "remoteproc");

	(void)state;
	add_property(record, "DEVTYPE", "", "remoteproc");
	add_attribute(record, "firmware", "", "unknown");
	assert_int_equal(redact(world.inventory), 0);
	assert_string_equal(record_text(record, "firmware"), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_name_is_in_any_output),
		cmocka_unit_test(test_the_same_findings_stay),
		cmocka_unit_test(test_of_a_line_what_is_known_stays),
		cmocka_unit_test(test_it_says_what_it_left_out),
		cmocka_unit_test(test_the_kernels_word_for_no_file_stays),
	};

	world_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
