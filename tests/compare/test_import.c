// SPDX-License-Identifier: GPL-2.0-or-later
/* Texts that people send anyway: the kernel log, and what find prints. */

#include <string.h>

#include "command.h"
#include "spawn.h"
#include "with_cmocka.h"

#define UP                                                                               \
	"[    9.1] remoteproc remoteproc0: 11800000.dsp is available\n"                  \
	"[   10.1] remoteproc remoteproc0: Booting fw image rproc-dsp-fw, size 12\n"
#define RUNS "[   10.4] remoteproc remoteproc0: remote processor 11800000.dsp is now up\n"
#define CHANNEL                                                                          \
	"[   10.5] virtio_rpmsg_bus virtio0: creating channel rpmsg-client-sample addr 0x32\n"
#define VDEV(parent) "[   10.3]  " parent "#vdev0buffer: registered virtio0 (type 7)\n"

static const struct row {
	const char *what;
	const char *text;
	const char *says;      /* in the JSON; NULL: nothing */
	const char *says_not;  /* the same */
	const char *complaint; /* on standard error */
} rows[] = {
	{ "a log from before the fix", UP VDEV("11800000.dsp") RUNS CHANNEL,
	  "\"verdict\": \"misparented\"", "\"verdict\": \"ok\"", NULL },
	{ "a log from after the fix", UP VDEV("remoteproc0") RUNS CHANNEL,
	  "\"verdict\": \"ok\"", "misparented", NULL },
	{ "a log with nothing but the vdev", VDEV("remoteproc0"), "\"verdict\": \"ok\"",
	  "misparented", NULL },
	{ "a state", UP RUNS, "\"state\": \"running\"", NULL, NULL },
	{ "a state that the excerpt does not tell", UP, "\"state\": null", NULL, NULL },
	{ "a processor that was stopped",
	  UP VDEV("remoteproc0") RUNS CHANNEL
	  "[ 20.0] remoteproc remoteproc0: stopped remote processor 11800000.dsp\n",
	  "\"state\": \"offline\"", "\"kind\": \"channel\"", NULL },
	{ "a channel that was destroyed",
	  UP VDEV("remoteproc0") RUNS CHANNEL
	  "virtio_rpmsg_bus virtio0: destroying channel rpmsg-client-sample addr 0x32\n",
	  "\"kind\": \"virtio\"", "\"kind\": \"channel\"", NULL },
	{ "a vdev of the only one that starts",
	  UP
	  "rproc-virtio rproc-virtio.3.auto: registered virtio0 (type 7)\n" RUNS CHANNEL,
	  "\"verdict\": \"ok\"", "\"verdict\": \"unknown\"", NULL },
	{ "a vdev that does not tell its parent",
	  "rproc-virtio rproc-virtio.3.auto: registered virtio0 (type 7)\n" CHANNEL,
	  "\"verdict\": \"unknown\"", "\"verdict\": \"misparented\"", NULL },
	{ "a log", UP RUNS, "\"kind\": \"log\"", NULL, NULL },
	{ "a log and an attribute",
	  UP RUNS "# cat /sys/class/remoteproc/remoteproc0/state\ncrashed\n",
	  "\"kind\": \"mixed\"", "\"state\": \"running\"", NULL },
	{ "what find prints",
	  "/sys/devices/platform/11800000.dsp/remoteproc/remoteproc0/state\n"
	  "/sys/devices/platform/11800000.dsp/remoteproc/remoteproc0/uevent\n"
	  "/sys/devices/platform/11800000.dsp/11800000.dsp#vdev0buffer/virtio0/uevent\n"
	  "/sys/devices/platform/11800000.dsp/11800000.dsp#vdev0buffer/virtio0/"
	  "virtio0.rpmsg-client-sample.-1.50/uevent\n",
	  "\"verdict\": \"misparented\"", "\"verdict\": \"ok\"", NULL },
};

static void test_what_a_text_tells_and_nothing_else(void **state)
{
	(void)state;
	for (const struct row *row = rows; row < rows + sizeof(rows) / sizeof(rows[0]);
	     row++) {
		const struct start start = { .input = row->text,
					     .input_size = strlen(row->text) };
		_cleanup_outcome_ struct outcome outcome =
			run_with(&start, "show", "--json", "--from", "-");

		if (outcome.status != EXIT_OK || !strstr(outcome.out, row->says) ||
		    (row->says_not && strstr(outcome.out, row->says_not)) ||
		    (row->complaint ? !strstr(outcome.err, row->complaint)
				    : *outcome.err != '\0'))
			fail_msg("%s: exit %d\n%s%s", row->what, outcome.status,
				 outcome.out, outcome.err);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_a_text_tells_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
