// SPDX-License-Identifier: GPL-2.0-or-later
/* What a finding says becomes a sentence: subject, verb, and the plural of several. */

#include "clause.h"
#include "helper.h"

static const struct check check = { .id = "some-check", .title = "it is fine" };
static const struct check other = { .id = "other-check", .title = "so is this" };

/* Findings of virtio0, virtio1, ... with that message. */
struct block {
	struct device devices[8];
	char names[8][12];
	struct finding findings[8];
	const struct finding *members[8];
};

static void fill(struct block *block, size_t count, const char *message)
{
	memset(block, 0, sizeof(*block));
	for (size_t i = 0; i < count; i++) {
		snprintf(block->names[i], sizeof(block->names[i]), "virtio%zu", i);
		block->devices[i].kind = KIND_VIRTIO;
		block->devices[i].name = block->names[i];
		block->findings[i].check = &check;
		block->findings[i].device = &block->devices[i];
		block->findings[i].message = (char *)message;
		block->members[i] = &block->findings[i];
	}
}

static void assert_clause(size_t count, const char *message, const char *expected)
{
	struct block block;
	_cleanup_free_ char *text = NULL;

	fill(&block, count, message);
	text = clause_text(block.members, count);
	assert_non_null(text);
	assert_string_equal(text, expected);
}

static void a_verb_goes_on_after_its_subject(void **state)
{
	(void)state;
	assert_clause(1, "is up, but silent", "virtio0 is up, but silent");
	assert_clause(1, "has crashed", "virtio0 has crashed");
	assert_clause(1, "did not start: -2", "virtio0 did not start: -2");
	assert_clause(1, "no driver: it is gone", "virtio0 has no driver: it is gone");
	assert_clause(1, "its start never ended", "virtio0: its start never ended");
	assert_clause(1, "isle of buffers", "virtio0: isle of buffers");
}

static void several_have_the_plural(void **state)
{
	(void)state;
	assert_clause(2, "is up, its status is 7", "virtio0-1 are up, their status is 7");
	assert_clause(2, "has crashed: it was busy",
		      "virtio0-1 have crashed: they were busy");
	assert_clause(2, "no driver: none", "virtio0-1 have no driver: none");
	assert_clause(2, "no driver: module a serves it",
		      "virtio0-1 have no driver: module a serves them");
	assert_clause(2, "is required, and no driver is bound to it",
		      "virtio0-1 are required, and no driver is bound to them");
	assert_clause(2, "its driver failed to probe it: nobody boots it",
		      "virtio0-1: their driver failed to probe them: nobody boots it");
	assert_clause(2, "its name is odd", "virtio0-1: their name is odd");
	assert_clause(2, "cannot read edits/its.txt",
		      "virtio0-1 cannot read edits/its.txt");
}

static void what_follows_is_counted_and_nobody_twice(void **state)
{
	struct block block;
	_cleanup_free_ char *text = NULL;

	(void)state;
	fill(&block, 4, "has crashed");
	block.devices[0].kind = KIND_REMOTEPROC;
	block.devices[2].kind = block.devices[3].kind = KIND_CHANNEL;
	for (size_t i = 1; i < 4; i++)
		block.findings[i].check = &other;
	block.findings[1].device = &block.devices[0];
	text = clause_text(block.members, 4);
	assert_string_equal(text, "virtio0 has crashed (and 2 channels below)");
}

static void assert_skips(size_t count, const char *reason, const char *expected)
{
	struct block block;
	_cleanup_free_ char *text = NULL;

	fill(&block, count, reason);
	text = clause_skips(block.members, count);
	assert_non_null(text);
	assert_string_equal(text, expected);
}

static void a_skip_says_whose_fact_is_missing(void **state)
{
	(void)state;
	assert_skips(1, "its state is not known", "virtio0: its state is not known");
	assert_skips(3, "its state is not known",
		     "3 virtio devices: their state is not known");
	assert_skips(3, "no driver, and nobody was asked",
		     "3 virtio devices have no driver, and nobody was asked");
	assert_skips(3, "the kernel log was not recorded",
		     "the kernel log was not recorded");
}

static void devices_of_several_kinds_are_counted_by_kind(void **state)
{
	struct block block;
	_cleanup_free_ char *text = NULL;

	(void)state;
	fill(&block, 5, "its state is not known");
	block.devices[2].kind = KIND_REMOTEPROC;
	block.devices[3].kind = KIND_CHANNEL;
	block.findings[4].device = &block.devices[3];
	text = clause_skips(block.members, 5);
	assert_string_equal(
		text,
		"1 remote processor, 2 virtio devices and 1 channel: their state is not known");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_verb_goes_on_after_its_subject),
		cmocka_unit_test(several_have_the_plural),
		cmocka_unit_test(what_follows_is_counted_and_nobody_twice),
		cmocka_unit_test(a_skip_says_whose_fact_is_missing),
		cmocka_unit_test(devices_of_several_kinds_are_counted_by_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
