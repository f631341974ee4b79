// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any bytes as input text: refused with a notice, or read, shown in every format without
 * a dirty byte, and written as a snapshot that reads back as the same tree. A report is
 * read back with the same findings, and a redacted one names no firmware.
 */

#include <errno.h>
#include <locale.h>
#include <stdint.h>
#include <string.h>

#include "../unit/oracle.h"

#include "escape.h"
#include "fuzz.h"
#include "mask.h"
#include "redact.h"

/* As main() does: columns are counted by the locale. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

/* A violated invariant: said, and the end. */
static void demand(const char *wrong, const char *where, const char *text)
{
	if (!wrong)
		return;
	fprintf(stderr, "violated: %s (%s)\n%s\n", wrong, where, text ? text : "");
	abort();
}

/* A number that is another for another input. */
static unsigned int sum_of(const uint8_t *data, size_t size)
{
	unsigned int sum = (unsigned int)size;

	while (size > 0)
		sum = sum * 31 + data[--size];
	return sum;
}

static bool is_chosen(unsigned int turn)
{
	return turn % fuzz_share == 0;
}

static void render(const struct findings *findings, unsigned int sum)
{
	static const struct render_options options[] = {
		{ .ascii = false },
		{ .ascii = true, .width = 40 },
		{ .columns = "device,kind,state,driver,verdict,remoteproc,name,firmware,"
			     "src,dst,node,path,details" },
	};

	for (const struct format *format = formats; format->name; format++)
		for (size_t i = 0; i < ARRAY_SIZE(options); i++) {
			_cleanup_free_ char *text = NULL;

			if (!is_chosen(sum++))
				continue;
			text = oracle_render(findings, format->name, &options[i]);

			demand(text ? NULL : "a renderer failed", format->name, NULL);
			demand(oracle_dirt(text, strlen(text)), format->name, text);
		}
}

static bool is_plain(const char *text)
{
	return !text || escape_is_plain(text, strlen(text));
}

/* What no kernel says in a property or link is left out of a snapshot. */
static bool is_writable(const struct inventory *inventory)
{
	for (size_t i = 0; i < inventory->count; i++) {
		const struct record *record = &inventory->records[i];

		if (!is_plain(record->subsystem) || !is_plain(record->driver_target))
			return false;
		for (size_t j = 0; j < record->property_count; j++)
			if (!is_plain(record->properties[j].key) ||
			    !is_plain(record->properties[j].value))
				return false;
	}
	return true;
}

static void demand_same(const struct tree *tree)
{
	_cleanup_free_ char *text = oracle_snapshot(tree), *again = NULL;
	_cleanup_inventory_ struct inventory *inventory = NULL;
	_cleanup_tree_ struct tree *copy = NULL;
	struct notice notice = { "" };

	demand(text ? NULL : "no snapshot", "write", NULL);
	demand(oracle_dirt(text, strlen(text)), "snapshot", text);
	if (tree->count == 0 || !is_writable(tree->inventory))
		return;
	if (oracle_read(text, strlen(text), &inventory, &notice) < 0)
		demand(notice.text, "read back", text);
	if (tree_build(inventory, &copy) < 0)
		demand("no tree", "read back", text);
	demand(tree->inventory->kind == SOURCE_LIVE ? NULL
						    : oracle_difference(tree, copy),
	       "read back", text);
	again = oracle_snapshot(copy);
	demand(again && strcmp(text, again) == 0 ? NULL : "not stable", again, text);
}

static void build(struct inventory *inventory, struct tree **tree,
		  struct findings **findings, bool strict)
{
	const struct check_options options = { .passes = true, .strict = strict };

	if (tree_build(inventory, tree) < 0 ||
	    findings_build(*tree, &options, findings) < 0)
		demand("no report", "build", NULL);
}

/* What a report says stays when it is read back. */
static void demand_same_findings(const struct findings *findings)
{
	static const struct render_options options = { .width = 0 };
	_cleanup_free_ char *text = oracle_render(findings, "report", &options);
	_cleanup_inventory_ struct inventory *inventory = NULL;
	_cleanup_tree_ struct tree *tree = NULL;
	_cleanup_findings_ struct findings *again = NULL;
	struct notice notice = { "" };

	if (findings->tree->count == 0 || !is_writable(findings->tree->inventory))
		return;
	demand(text ? NULL : "no report", "report", NULL);
	if (oracle_read(text, strlen(text), &inventory, &notice) < 0)
		demand(notice.text, "report read back", text);
	build(inventory, &tree, &again, findings->strict);
	demand(findings->count == again->count ? NULL : "another number of findings",
	       "report read back", text);
	for (size_t i = 0; i < findings->count; i++)
		demand(findings->list[i].check == again->list[i].check &&
				       findings->list[i].status == again->list[i].status
			       ? NULL
			       : "another finding",
		       findings->list[i].check->id, text);
}

/* Names that are long enough to be looked for, and no words of the kernel's own. */
static char **secrets_of(const struct inventory *inventory)
{
	char **secrets = calloc(inventory->count + 1, sizeof(*secrets));
	size_t count = 0;

	for (size_t i = 0; secrets && i < inventory->count; i++) {
		const char *name = record_text(&inventory->records[i], "firmware");

		if (name && strlen(name) >= 8 && escape_is_plain(name, strlen(name)) &&
		    !strchr(name, '\\') && strpbrk(name, "qxzQXZ") &&
		    !word_is_common(span_of(name)))
			secrets[count++] = strdup(name);
	}
	return secrets;
}

static void demand_no_leak(struct inventory *inventory, unsigned int sum)
{
	static const struct render_options options = { .verbose = true };
	char **secrets = secrets_of(inventory);
	_cleanup_tree_ struct tree *tree = NULL;
	_cleanup_findings_ struct findings *findings = NULL;
	int r = redact(inventory);

	demand(r == 0 || r == -EEXIST ? NULL : "cannot redact", strerror(-r), NULL);
	if (r == 0)
		build(inventory, &tree, &findings, false);
	for (const struct format *format = formats; r == 0 && format->name; format++) {
		_cleanup_free_ char *text = NULL;

		if (!is_chosen(sum++))
			continue;
		text = oracle_render(findings, format->name, &options);

		demand(text ? NULL : "a renderer failed", format->name, NULL);
		for (char **secret = secrets; *secret; secret++)
			demand(strstr(text, *secret) ? *secret : NULL, "leaked", text);
	}
	for (char **secret = secrets; *secret; secret++)
		free(*secret);
	free(secrets);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_inventory_ struct inventory *inventory = NULL;
	_cleanup_tree_ struct tree *tree = NULL;
	_cleanup_findings_ struct findings *findings = NULL;
	struct notice notice = { "" };
	unsigned int sum = sum_of(data, size);
	int r = oracle_read((const char *)data, size, &inventory, &notice);

	demand(oracle_dirt(notice.text, strlen(notice.text)), "notice", notice.text);
	if (r < 0) {
		demand(r == -EBADMSG && notice.text[0] && !strchr(notice.text, '\n')
			       ? NULL
			       : "an error without its line",
		       strerror(-r), notice.text);
		return 0;
	}
	build(inventory, &tree, &findings, size & 1);
	render(findings, sum);
	demand_same(tree);
	demand_same_findings(findings);
	findings_free(steal(findings));
	tree_free(steal(tree));
	demand_no_leak(inventory, sum);
	return 0;
}
