// SPDX-License-Identifier: GPL-2.0-or-later
#include "helper.h"
#include "names.h"

static void a_vdev_buffer_starts_with_its_parents_name(void **state)
{
	(void)state;
	assert_true(
		name_is_vdev_buffer("/devices/x/11800000.dsp/11800000.dsp#vdev0buffer"));
	assert_true(name_is_vdev_buffer("/devices/remoteproc0/remoteproc0#vdev12buffer"));
	assert_true(name_is_vdev_buffer("remoteproc0/remoteproc0#vdev12buffer"));
	assert_false(name_is_vdev_buffer("/devices/remoteproc1/remoteproc0#vdev0buffer"));
	assert_false(name_is_vdev_buffer("/devices/a/ab#vdev0buffer"));
	assert_false(name_is_vdev_buffer("/devices/a/a#vdevbuffer"));
	assert_false(name_is_vdev_buffer("/devices/a/a#vdev0"));
	assert_false(name_is_vdev_buffer("/devices/a/a#vdev0buffers"));
	assert_false(name_is_vdev_buffer("/devices/a/a#vdev0xbuffer"));
	assert_false(name_is_vdev_buffer("#vdev0buffer"));
	assert_false(name_is_vdev_buffer("/"));
}

static void an_rproc_virtio_has_a_number(void **state)
{
	(void)state;
	assert_true(name_is_rproc_virtio("rproc-virtio.0"));
	assert_true(name_is_rproc_virtio("rproc-virtio.12.auto"));
	assert_false(name_is_rproc_virtio("rproc-virtio."));
	assert_false(name_is_rproc_virtio("rproc-virtio.auto"));
	assert_false(name_is_rproc_virtio("rproc-virtio.1.autox"));
	assert_false(name_is_rproc_virtio("rproc-virtio.1."));
	assert_false(name_is_rproc_virtio("xrproc-virtio.1"));
	assert_false(name_is_rproc_virtio(""));
}

static void numbered_names_are_a_word_and_digits(void **state)
{
	(void)state;
	assert_true(name_is_remoteproc("remoteproc10"));
	assert_false(name_is_remoteproc("remoteproc"));
	assert_false(name_is_remoteproc("remoteproc0-wdt"));
	assert_false(name_is_remoteproc("myremoteproc0"));
	assert_true(name_is_virtio("virtio0"));
	assert_false(name_is_virtio("virtio0.x"));
	assert_false(name_is_virtio("virtio"));
	assert_false(name_is_virtio("virtix0"));
	assert_true(name_is_rpmsg_chardev("rpmsg3"));
	assert_true(name_is_rpmsg_chardev("rpmsg_ctrl0"));
	assert_false(name_is_rpmsg_chardev("rpmsg_ns"));
	assert_false(name_is_rpmsg_chardev("rpmsg"));
}

static void edges_are_known_by_their_end(void **state)
{
	(void)state;
	assert_true(name_is_edge("remoteproc0:smd-edge"));
	assert_true(name_is_edge("3000000.remoteproc:glink-edge"));
	assert_true(name_is_edge("smd:rpm"));
	assert_true(name_is_edge("soc:smd:rpm"));
	assert_false(name_is_edge(":smd-edge"));
	assert_false(name_is_edge("smd-edge"));
	assert_false(name_is_edge("a:glink-edge.rpm.-1.-1"));
	assert_false(name_is_edge("smd"));
}

static void pci_names_have_their_fixed_form(void **state)
{
	(void)state;
	assert_true(name_is_pci("0000:00:1f.2"));
	assert_false(name_is_pci("0000:00:1f"));
	assert_false(name_is_pci("0000:00:1f.22"));
	assert_false(name_is_pci("0000:00:1g.2"));
	assert_false(name_is_pci("0000-00:1f.2"));
	assert_false(name_is_pci(""));
}

static void assert_channel(const char *name, size_t end, long src, long dst)
{
	struct channel_name parts;

	assert_true(name_parse_channel(name, &parts));
	assert_int_equal(parts.channel_end, end);
	assert_int_equal(parts.src, src);
	assert_int_equal(parts.dst, dst);
}

static void a_channels_name_ends_in_two_addresses(void **state)
{
	(void)state;
	assert_channel("virtio0.ti.ipc4.ping-pong.-1.14", 25, -1, 14);
	assert_channel("virtio0.ch.1024.-1", 10, 1024, -1);
	assert_channel("virtio0..-1.5", 8, -1, 5);
	assert_channel("v.1.2.3.4", 5, 3, 4);
}

static void what_is_no_channels_name_is_refused(void **state)
{
	static const char *const names[] = {
		"virtio0",
		"virtio0.ch",
		"virtio0.ch.1",
		"virtio0.ch.-.1",
		"virtio0.ch.1.",
		"virtio0.ch.1.x",
		"virtio0.ch.1.2x",
		"",
		".",
		"..",
		"-1",
		".1.2",
		"virtio0.ch.--1.2",
		"virtio0.ch.99999999999999999999.1",
	};
	struct channel_name parts;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (name_parse_channel(names[i], &parts))
			fail_msg("'%s'", names[i]);
}

static void a_person_may_type_a_name_raw_or_as_it_is_printed(void **state)
{
	(void)state;
	assert_true(name_is("rpmsg-tty", span_of("rpmsg-tty")));
	assert_false(name_is("rpmsg-tty", span_of("rpmsg-tt")));
	assert_false(name_is("rpmsg-tty", span_of("rpmsg-tty1")));
	assert_true(name_is("a\033b", span_of("a\033b")));
	assert_true(name_is("a\033b", span_of("a\\x1bb")));
	assert_false(name_is(NULL, span_of("")));
	assert_false(name_is("", span_of("a")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_vdev_buffer_starts_with_its_parents_name),
		cmocka_unit_test(an_rproc_virtio_has_a_number),
		cmocka_unit_test(numbered_names_are_a_word_and_digits),
		cmocka_unit_test(edges_are_known_by_their_end),
		cmocka_unit_test(pci_names_have_their_fixed_form),
		cmocka_unit_test(a_channels_name_ends_in_two_addresses),
		cmocka_unit_test(what_is_no_channels_name_is_refused),
		cmocka_unit_test(a_person_may_type_a_name_raw_or_as_it_is_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
