// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What every reading command starts from: an inventory is read, a tree and findings are
 * built of it, of all its devices or of those that were named. And what watch and settle
 * do again and again: read, compare, keep what is newer.
 */

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "commands.h"
#include "escape.h"
#include "pick.h"
#include "source.h"
#include "suggest.h"
#include "unread.h"

#define UNREAD_SHOWN 8

void system_release(struct system *system)
{
	findings_free(system->findings);
	tree_free(system->tree);
	inventory_free(system->inventory);
}

static int read_text(const char *name, struct inventory **ret, struct notice *notice)
{
	bool is_stdin = strcmp(name, "-") == 0;
	_cleanup_file_ FILE *opened = is_stdin ? NULL : fopen(name, "re");
	FILE *file = is_stdin ? stdin : opened;

	return file ? source_text(file, name, ret, notice) : -errno;
}

static enum exit_status complain_of_reading(const struct invocation *invocation, int r,
					    const struct notice *notice)
{
	_cleanup_free_ char *name = escape_string(invocation->from, 0);
	_cleanup_free_ char *root = escape_string(invocation->sysroot, 0);

	if (notice->text[0] && invocation->redact)
		complain("cannot read %s: without --redact it is said why, with the line",
			 name ? name : "this system");
	else if (notice->text[0])
		complain("%s", notice->text);
	else if (invocation->from)
		complain("cannot read %s: %s", name ? name : "input", strerror(-r));
	else
		complain("cannot read the devices below %s/sys: %s", root ? root : "",
			 strerror(-r));
	return EXIT_TROUBLE;
}

/* Takes the place of the whole tree. Findings are judged with that still at hand: what
 * is wrong with a device may be seen on another. */
static int restrict_to(struct system *system, struct tree *part)
{
	struct tree *whole = system->tree;
	int r = findings_restrict(system->findings, part);

	system->tree = part;
	tree_free(whole);
	return r;
}

/* Of a part of the devices it is counted again what was found, so that all is needed. */
static bool lists_passes(const struct invocation *invocation, const struct tree *part)
{
	return part || invocation->check.passes || invocation->render.verbose ||
	       options_format(invocation)->passes;
}

/* *ret_unknown: the first name that is of no device; NULL: all are. */
static int build(const struct invocation *invocation, struct system *system,
		 const char **ret_unknown)
{
	_cleanup_tree_ struct tree *part = NULL;
	struct check_options options = invocation->check;
	int r = tree_build(system->inventory, &system->tree);

	*ret_unknown = NULL;
	if (r == 0 && invocation->arguments && invocation->arguments[0] &&
	    invocation->command->arguments_max == ARGUMENTS_ANY)
		r = tree_pick(system->tree, invocation->arguments, &part, ret_unknown);
	if (r < 0 || *ret_unknown)
		return r;
	options.passes = lists_passes(invocation, part);
	r = findings_build(system->tree, &options, &system->findings);
	return r == 0 && part ? restrict_to(system, steal(part)) : r;
}

/* once: what no loop may read is read; a loop compares all that it reads. */
static int read_live(const struct invocation *invocation, bool once,
		     struct inventory **ret, struct notice *ret_notice)
{
	_cleanup_paths_ struct paths paths = { .root = -1 };
	const struct source_options options = {
		.paths = &paths,
		.debugfs = once && !invocation->no_debugfs,
		.log = once,
		.depth = once ? options_format(invocation)->depth : DEPTH_ALL,
	};
	int r = paths_init(&paths, invocation->sysroot);

	return r < 0 ? r : source_live(&options, ret, ret_notice);
}

/* Named devices that are not there are no devices at all. */
static int build_empty(const struct invocation *invocation, struct system *system)
{
	_cleanup_free_ bool *none = calloc(system->tree->count + 1, sizeof(*none));
	struct check_options options = invocation->check;
	struct tree *part;
	int r = none ? tree_build_part(system->inventory, none, &part) : -ENOMEM;

	options.passes = true;
	if (r == 0)
		r = findings_build(system->tree, &options, &system->findings);
	return r < 0 ? r : restrict_to(system, part);
}

int system_read_live(const struct invocation *invocation, struct system *ret)
{
	struct notice notice;
	const char *unknown;
	int r = read_live(invocation, false, &ret->inventory, &notice);

	if (r == 0)
		r = build(invocation, ret, &unknown);
	return r == 0 && unknown ? build_empty(invocation, ret) : r;
}

static bool is_permission(const struct unread *unread)
{
	return unread->error == EACCES || unread->error == EPERM;
}

void complain_of_unread(const struct invocation *invocation,
			const struct inventory *inventory, size_t first, bool permissions)
{
	size_t most = invocation->redact           ? 0
		      : invocation->render.verbose ? SIZE_MAX
						   : UNREAD_SHOWN;
	struct unread unread;
	size_t shown = 0, i = first;

	for (; shown < most && unread_get(inventory, i, &unread); i++) {
		_cleanup_free_ char *path = escape_string(unread.path, 0);

		if (is_permission(&unread) && !permissions)
			continue;
		shown++;
		complain("cannot read %s%s: %s",
			 invocation->sysroot ? invocation->sysroot : "", path ? path : "",
			 unread_reason(&unread));
	}
	if (unread_count(inventory) > i)
		complain(i > 0 ? "and %zu more files cannot be read"
			       : "files that cannot be read: %zu",
			 unread_count(inventory) - i);
}

enum exit_status status_of_reading(const struct system *system, enum exit_status status)
{
	if (status != EXIT_OK && status != EXIT_NOTHING)
		return status;
	return system->inventory && unread_count(system->inventory) > 0 ? EXIT_TROUBLE
									: status;
}

static void suggest_devices(struct suggestion *suggestion, const struct tree *tree)
{
	tree_foreach (device, tree) {
		suggest(suggestion, device->name);
		if (device->kind == KIND_REMOTEPROC && device->remoteproc.name)
			suggest(suggestion, device->remoteproc.name);
		if (device->kind == KIND_CHANNEL && device->channel.name)
			suggest(suggestion, device->channel.name);
	}
}

/* What helps with a word that is of nothing: people give a file without --from. */
static const char *pointer_for(const struct invocation *invocation, const char *word,
			       const char *usual)
{
	struct stat found;

	return !invocation->from && stat(word, &found) == 0 && S_ISREG(found.st_mode)
		       ? "a file is read with --from FILE"
		       : usual;
}

void complain_command(const struct invocation *invocation, const struct tree *tree)
{
	const char *word = invocation->arguments[0];
	struct suggestion suggestion = suggestion_of(word);
	const char *command;

	for (const struct command *row = commands; row->name; row++)
		suggest(&suggestion, row->name);
	command = suggestion.nearest;
	if (tree)
		suggest_devices(&suggestion, tree);
	complain_unknown(
		tree && (!command || suggestion.nearest != command) ? "command or device"
								    : "command",
		&suggestion, pointer_for(invocation, word, "see rproc-tree --help"));
}

static enum exit_status complain_of_device(const struct invocation *invocation,
					   const struct tree *tree, const char *name)
{
	struct suggestion suggestion = suggestion_of(name);

	if (invocation->implicit && name == invocation->arguments[0]) {
		complain_command(invocation, tree);
		return EXIT_USAGE;
	}
	suggest_devices(&suggestion, tree);
	complain_unknown("device", &suggestion,
			 pointer_for(invocation, name, "rproc-tree show lists them"));
	return EXIT_NOTHING;
}

/* A log may tell of a processor that is gone. */
static bool has_problem(const struct findings *findings)
{
	return findings->statuses[STATUS_WARN] + findings->statuses[STATUS_FAIL] > 0;
}

/* A kernel without remoteproc has none whatever the board has. */
static void complain_of_nothing(const struct invocation *invocation,
				const struct inventory *inventory)
{
	const char *config = record_property(&inventory->system, FACT_CONFIG);

	complain("%s: no remote processor and no rpmsg device%s",
		 invocation->from ? "in this file" : "on this system",
		 config && !source_has_option(config, "REMOTEPROC")
			 ? "; CONFIG_REMOTEPROC is not set in its kernel"
			 : "");
}

enum exit_status system_load(const struct invocation *invocation, struct system *ret)
{
	struct notice notice = { "" };
	const char *unknown = NULL;
	int r = invocation->from ? read_text(invocation->from, &ret->inventory, &notice)
				 : read_live(invocation, true, &ret->inventory, &notice);

	if (r < 0)
		return complain_of_reading(invocation, r, &notice);
	r = build(invocation, ret, &unknown);
	if (unknown)
		return complain_of_device(invocation, ret->tree, unknown);
	if (notice.text[0] && !invocation->render.quiet)
		complain(
			"%s",
			invocation->redact && invocation->from
				? "part of it was not understood: without --redact it is said which"
				: notice.text);
	complain_of_unread(invocation, ret->inventory, 0, invocation->from != NULL);
	if (r < 0) {
		complain("%s", strerror(-r));
		return EXIT_TROUBLE;
	}
	if (tree_has_subject(ret->tree) || has_problem(ret->findings))
		return EXIT_OK;
	if (!invocation->render.quiet)
		complain_of_nothing(invocation, ret->inventory);
	return EXIT_NOTHING;
}

int system_rebuild(const struct invocation *invocation, struct system *system)
{
	const char *unknown;
	int r;

	findings_free(steal(system->findings));
	tree_free(steal(system->tree));
	r = build(invocation, system, &unknown);
	return r == 0 && unknown ? build_empty(invocation, system) : r;
}

/* What is wrong there is expected to stay wrong. */
static void complain_of_good(const char *name, size_t failures)
{
	_cleanup_free_ char *shown = escape_string(name, 0);

	complain(
		"%s: %zu check%s of this good boot fail%s; rproc-tree check --from %s says more",
		shown ? shown : "", failures, failures == 1 ? "" : "s",
		failures == 1 ? "s" : "", shown ? shown : "FILE");
}

enum exit_status expectation_load(const struct invocation *invocation,
				  struct system *good, struct invocation *ret)
{
	struct invocation file = { .command = invocation->command,
				   .from = invocation->expect };
	enum exit_status status;

	*ret = *invocation;
	if (!invocation->expect)
		return EXIT_OK;
	if (invocation->from && strcmp(invocation->from, "-") == 0 &&
	    strcmp(invocation->expect, "-") == 0) {
		complain("--from and --expect cannot both be standard input");
		return EXIT_USAGE;
	}
	status = system_load(&file, good);
	ret->check.expect = good->tree;
	if (status == EXIT_OK && findings_failed(good->findings) > 0)
		complain_of_good(invocation->expect, findings_failed(good->findings));
	return status == EXIT_OK ? EXIT_OK : EXIT_TROUBLE;
}

enum exit_status system_render(const struct invocation *invocation,
			       const struct system *system, enum exit_status status)
{
	const struct format *format = options_format(invocation);
	int r = format->render(stdout, system->findings, &invocation->render);

	if (r == 0)
		return status_of_reading(system, status);
	complain("%s", strerror(-r));
	return EXIT_TROUBLE;
}

int system_refresh(const struct invocation *invocation, struct system *system,
		   struct system *ret_before, struct diff **ret)
{
	_cleanup_system_ struct system now = { 0 };
	_cleanup_diff_ struct diff *diff = NULL;
	int r = system_read_live(invocation, &now);

	if (r == 0 && system->tree)
		r = diff_build(system->tree, now.tree, &diff);
	if (r < 0)
		return r;
	*ret_before = *system;
	*system = now;
	now = (struct system){ 0 };
	*ret = steal(diff);
	return 0;
}
