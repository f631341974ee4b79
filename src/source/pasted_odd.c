// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What of a text was not understood: lines that speak of this field and are of no known
 * kind, and a last line without its end, which may be a piece of one. Commands, sentences
 * and what the kernel says in passing are of interest only where nothing else is there.
 */

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "marker.h"
#include "pasted.h"
#include "paths.h"
#include "phrase.h"

static const char readable[] =
	"a snapshot, a report, a kernel log, ls -l or find of /sys, attributes by cat, head or grep, or udevadm info";

static bool starts_command(const char *text)
{
	static const char *const words[] = {
		"cat ",     "ls",       "ll ",       "dmesg",    "echo ",   "cd ",
		"sudo ",    "modprobe", "insmod",    "rmmod",    "lsmod",   "grep ",
		"find ",    "head ",    "tail ",     "tree ",    "journal", "udev",
		"for ",     "uname",    "systemctl", "printf ",  "mount ",  "hexdump ",
		"strings",  "readelf",  "file ",     "ps ",      "adb ",    "systool ",
		"tftp ",    "scp ",     "cp ",       "logcat",   "watch ",  "lsof ",
		"readlink", "realpath", "stat ",     "modinfo ",
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

/* After a prompt, or at the start of a line; or a comment, at a prompt. */
static bool is_command(const char *line)
{
	if (starts_command(line))
		return true;
	for (const char *at = line; (at = strpbrk(at, "#$>")); at++) {
		const char *command = at + 1 + strspn(at + 1, " ");

		if (command > at + 1 && (*command == '#' || starts_command(command)))
			return true;
	}
	return false;
}

/* "rpmsg_char  20480  0", as lsmod prints it. */
static bool is_module(const char *line)
{
	size_t name = strspn(line, "abcdefghijklmnopqrstuvwxyz0123456789_");
	size_t blank = strspn(line + name, " \t");
	size_t size = span_digits(span_of(line + name + blank));

	return name > 0 && blank > 0 && size > 2 &&
	       strchr(" \t", line[name + blank + size]);
}

/* "through", "remoteproc," and "driver?", but no "name:" within a line. */
static bool is_word(const char *at, size_t size)
{
	size_t letters = 0;

	while (letters < size && is_letter(at[letters]))
		letters++;
	return letters > 1 &&
	       (letters == size || (letters + 1 == size &&
				    strchr(at[size] ? ",.?!)" : ",.?!:)", at[letters])));
}

/* Of a language that the kernel does not speak; tree draws with 0xe2. */
static bool is_foreign(const char *line)
{
	for (; *line; line++)
		if ((unsigned char)*line >= 0xc3 && (unsigned char)*line != 0xe2)
			return true;
	return false;
}

/* A sentence, or a line of a mail's head: somebody speaks of this field, and nothing in
 * it can be read. What ls -l prints begins with a mode. */
static bool is_prose(const char *line)
{
	static const char *const heads[] = { "Subject:",    "From:", "To:",
					     "Cc:",         "Date:", "In-Reply-To:",
					     "References:", "Re:" };
	size_t words = 0;

	for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
		if (strncmp(line, heads[i], strlen(heads[i])) == 0)
			return true;
	if (strspn(line, "-bcdlpsrwxStT") >= 10)
		return false;
	for (const char *at = line; *at;) {
		size_t size = strcspn(at, " \t");

		words += is_word(at, size);
		at += size + strspn(at + size, " \t");
	}
	/* The head of a table has fewer. */
	return words >= (*line == '|' ? 2 : 4) || is_foreign(line);
}

/* A message of the kernel that says nothing here: of a driver of this field, as syslog
 * keeps it, or with its module and function as dynamic debug prints it. */
static bool is_message(const char *line)
{
	static const char names[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
	/* dmesg -T puts the time of day before it. */
	const char *stamp = *line == '[' ? strstr(line, "] ") : NULL;
	size_t module = strspn(line, names);
	size_t function = line[module] == ':' ? strspn(line + module + 1, names) : 0;
	struct phrase phrase;

	if (stamp)
		line = stamp + 2;
	return strstr(line, " kernel: ") || phrase_speaker(line, strlen(line), &phrase) ||
	       (module > 0 && function > 0 &&
		strncmp(line + module + 1 + function, ": ", 2) == 0);
}

/* A line of another program's in the journal: "host program[12]: ". */
static bool is_of_program(const char *line)
{
	const char *end = strstr(line, "]: ");
	const char *at = end;

	while (at && at > line && is_digit(at[-1]))
		at--;
	return at && at < end && at - line > 1 && at[-1] == '[' && at[-2] != ' ';
}

/* What a command answers besides what the readers take: that a file is not there, a path,
 * a module. */
static bool is_answer(const char *line)
{
	static const char *const ends[] = { ": No such file or directory",
					    ": Permission denied",
					    "cannot access",
					    ": not found",
					    "write error",
					    ": Is a directory" };

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (strstr(line, ends[i]))
			return true;
	/* The second lines of a record of /dev/kmsg. */
	if (strncmp(line, "SUBSYSTEM=", 10) == 0 || strncmp(line, "DEVICE=", 7) == 0)
		return true;
	/* modinfo */
	if (strncmp(line, "alias:  ", 8) == 0 || strncmp(line, "filename:  ", 11) == 0)
		return true;
	/* A link to something other than a device. */
	return strncmp(line, "../", 3) == 0 || strstr(line, " -> ../") ||
	       strncmp(line, PATH_SYS "/", strlen(PATH_SYS "/")) == 0 ||
	       strncmp(line, PATH_DEV "/", strlen(PATH_DEV "/")) == 0 ||
	       ((*line == 'c' || *line == 'l') && strstr(line, " " PATH_DEV "/")) ||
	       is_module(line);
}

/* "ls: cannot access '/sys/class/remoteproc': No such file or directory" */
static bool is_no_core(const char *line)
{
	const char *class = strstr(line, PATH_CLASSES "/remoteproc");
	const char *end = class ? class + strlen(PATH_CLASSES "/remoteproc") : "";

	end += *end == '/';
	return *end && strchr(":'", *end) && strstr(end, "No such file");
}

int pasted_take_odd(struct pasted *pasted, const struct line *line)
{
	const char *text = line->bytes + strspn(line->bytes, "`*- \t");
	struct odd *odd = is_command(text) || is_answer(text) ? &pasted->commands
			  : is_prose(text) || is_message(text) || is_of_program(text)
				  ? &pasted->prose
				  : &pasted->odd;

	pasted->no_core |= is_no_core(line->bytes);
	pasted->report =
		pasted->report || strncmp(text, MARKER_TITLE, strlen(MARKER_TITLE)) == 0;
	if (!phrase_mentions(line->bytes, line->size) || odd->count++ > 0)
		return 0;
	odd->line = pasted->text->number;
	odd->first = escape_bytes(line->bytes, line->size < 120 ? line->size : 120, 0);
	return odd->first ? 0 : -ENOMEM;
}

#define CUT_REPORT "the report is cut off before its records"

int pasted_refuse(struct pasted *pasted)
{
	const struct odd *odd = pasted->odd.count > 0     ? &pasted->odd
				: pasted->prose.count > 0 ? &pasted->prose
							  : &pasted->commands;

	if (pasted->report) {
		notice_set(pasted->notice, "%s: " CUT_REPORT ": ask for the whole of it",
			   pasted->text->name);
		return -EBADMSG;
	}
	if (pasted->no_core || pasted->no_class) {
		notice_set(
			pasted->notice, "%s: " PATH_CLASSES "/remoteproc %s",
			pasted->text->name,
			pasted->no_core
				? "does not exist: the kernel has no remoteproc (CONFIG_REMOTEPROC), or its module is not loaded"
				: "is empty: no driver has made a remote processor; rproc-tree check on the board says which device has none, and why");
		return -EBADMSG;
	}
	if (odd->count == 0) {
		const struct log *log = &pasted->inventory->log;

		notice_set(
			pasted->notice, "%s: not understood: %s; expected %s",
			pasted->text->name,
			pasted->oops
				? "the kernel oopsed or panicked, but no line names a device or a function of remoteproc or rpmsg: paste the whole trace"
			: log->count > 0 ? "the log tells of no device and no event"
					 : "no line is about remoteproc or rpmsg",
			readable);
		return -EBADMSG;
	}
	notice_set(pasted->notice,
		   "%s:%zu: not understood: '%s' (%zu such line%s); expected %s",
		   pasted->text->name, odd->line, odd->first, odd->count,
		   odd->count == 1 ? "" : "s", readable);
	return -EBADMSG;
}

int pasted_tell(struct pasted *pasted)
{
	const struct odd *odd = &pasted->odd;
	char count[24];

	if (pasted->report)
		notice_set(pasted->notice,
			   "%s: " CUT_REPORT ": what is left of it was read",
			   pasted->text->name);
	else if (pasted->cut && odd->count == 0)
		notice_set(
			pasted->notice,
			"%s:%zu: the input ends within a line: a device may be missing, or its name cut short",
			pasted->text->name, pasted->text->number);
	else if (pasted->boots.forgotten && odd->count == 0)
		notice_set(
			pasted->notice,
			"%s:%zu: another boot begins here: the log of the one before is left out",
			pasted->text->name, pasted->boots.number);
	else if (odd->count > 0)
		notice_set(pasted->notice,
			   "%s:%zu: not understood: '%s' (%zu such line%s)%s",
			   pasted->text->name, odd->line, odd->first, odd->count,
			   odd->count == 1 ? "" : "s",
			   pasted->cut ? "; the input ends within a line" : "");
	if (odd->count == 0)
		return 0;
	snprintf(count, sizeof(count), "%zu", odd->count);
	return record_set_property(&pasted->inventory->system, FACT_ODD, count);
}
