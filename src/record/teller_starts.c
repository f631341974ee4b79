// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Starts: how they begin, what is their cause when they fail, how they end.
 */

#include <errno.h>
#include <string.h>

#include "cleanup.h"
#include "teller.h"

struct state *teller_state(const struct teller *teller, const struct biography *processor)
{
	return &teller->states[teller_place(teller, processor)];
}

struct start *teller_open_start(const struct teller *teller,
				const struct biography *processor)
{
	size_t open = teller_state(teller, processor)->open;

	return open == NO_DEVICE ? NULL : &processor->starts[open];
}

void teller_close_start(struct teller *teller, struct biography *processor)
{
	struct state *state = teller_state(teller, processor);
	size_t place = teller_place(teller, processor);

	if (state->open == NO_DEVICE)
		return;
	state->open = NO_DEVICE;
	sole_remove(&teller->starting, place);
	if (!processor->platform)
		sole_remove(&teller->starting_untied, place);
}

/* A start that has not begun in this log has no line of that. */
struct start *teller_begin_start(struct teller *teller, struct biography *processor,
				 size_t line)
{
	struct state *state = teller_state(teller, processor);
	size_t place = teller_place(teller, processor);
	struct start *starts =
		teller_grow(processor->starts, processor->start_count, sizeof(*starts));

	if (!starts)
		return NULL;
	processor->starts = starts;
	teller_close_start(teller, processor);
	state->open = processor->start_count++;
	sole_add(&teller->starting, place);
	if (!processor->platform)
		sole_add(&teller->starting_untied, place);
	starts[state->open] = (struct start){
		.begin_line = line,
		.cause_line = NO_LINE,
		.end_line = NO_LINE,
		.oops = NO_DEVICE,
		.moved_line = NO_LINE,
	};
	return &starts[state->open];
}

void teller_set_state(struct teller *teller, struct biography *processor, enum life state)
{
	size_t place = teller_place(teller, processor);
	bool up =
		state == LIFE_RUNNING || state == LIFE_ATTACHED || state == LIFE_CRASHED;

	processor->state = state;
	processor->left_crashed = false;
	processor->state_line = teller->line;
	if (up && !teller->states[place].up)
		sole_add(&teller->up, place);
	if (!up && teller->states[place].up)
		sole_remove(&teller->up, place);
	teller->states[place].up = up;
	if (state == LIFE_OFFLINE || state == LIFE_DETACHED)
		teller_take_away(teller, place);
}

void teller_give_cause(struct teller *teller, struct start *start, size_t line,
		       const struct phrase *phrase)
{
	/* A mere complaint gives way to a line whose meaning is known. */
	if (start->cause_line != NO_LINE &&
	    (start->cause != CAUSE_UNKNOWN || start->error != 0 ||
	     phrase->event != EVENT_START_CAUSE))
		return;
	start->cause_line = line;
	start->cause = phrase->cause;
	/* The file that boots is that of the loader, MBA, which went well. */
	if (strncmp(phrase->pattern ? phrase->pattern : "", "MPSS ", 5) == 0)
		start->file = "MPSS";
	if (phrase->has_error)
		start->error = phrase->error;
	teller_use(teller, line);
}

bool teller_names_place(const struct phrase *phrase)
{
	return phrase->file.size > 0 && *phrase->file.start == '/' &&
	       strncmp(phrase->pattern, "loading ", strlen("loading ")) == 0;
}

void teller_take_remark_of_start(struct teller *teller, size_t place, bool no_table)
{
	struct start *start =
		place == NO_PROCESSOR
			? NULL
			: teller_open_start(teller, &teller->history->processors[place]);

	if (!start)
		return;
	if (no_table)
		start->no_table = true;
	else if (start->moved_line == NO_LINE)
		start->moved_line = teller->line;
	teller_use(teller, teller->line);
}

bool teller_is_reason(const struct phrase *phrase)
{
	return phrase->event == EVENT_START_CAUSE || phrase->event == EVENT_CRASH_CAUSE ||
	       phrase->event == EVENT_FIRMWARE_FAILED ||
	       phrase->event == EVENT_DRIVER_ERROR;
}

/* Whether this line was printed before one that stands above it: of an earlier boot, or
 * in a piece that was pasted below a later one. */
static bool is_before(const struct teller *teller, size_t line)
{
	const struct log_line *lines = teller->history->log->lines;

	return line != NO_LINE && lines[line].timed && lines[teller->line].timed &&
	       lines[teller->line].time + 1000000 < lines[line].time;
}

int teller_end_well(struct teller *teller, struct biography *processor, enum life life)
{
	struct state *state = teller_state(teller, processor);
	struct start *start = teller_open_start(teller, processor);
	bool early = is_before(teller, processor->crash_line);

	if (!start)
		start = teller_begin_start(teller, processor, NO_LINE);
	if (!start)
		return -ENOMEM;
	*start = (struct start){
		.outcome = START_SUCCEEDED,
		.attach = start->attach || life == LIFE_ATTACHED,
		.recovery = start->recovery,
		.no_table = start->no_table,
		.file = start->file,
		.begin_line = start->begin_line,
		.cause_line = NO_LINE,
		.end_line = teller->line,
		.oops = NO_DEVICE,
		.moved_line = start->moved_line,
	};
	teller_close_start(teller, processor);
	state->failed_load = NO_LINE;
	processor->gone = false;
	processor->recovered = processor->crashes > 0 && !early;
	processor->stop_error = 0;
	teller_set_state(teller, processor, early ? LIFE_UNKNOWN : life);
	return 0;
}

/* The reason, as its driver gave it or as a file's failed load does. */
int teller_find_cause(struct teller *teller, struct biography *processor,
		      struct start *start)
{
	struct state *state = teller_state(teller, processor);
	struct remark remark;
	size_t place = teller_place(teller, processor);

	if (start->cause_line == NO_LINE && state->failed_load != NO_LINE) {
		teller_give_cause(teller, start, state->failed_load,
				  &(struct phrase){ .cause = CAUSE_FIRMWARE_MISSING,
						    .has_error = true,
						    .error = state->load_error });
		start->file = state->load_file ? state->load_file : start->file;
	}
	if (start->cause_line != NO_LINE ||
	    !teller_take_remark(teller, place, teller_is_reason, &remark))
		return 0;
	teller_give_cause(teller, start, remark.line, &remark.phrase);
	if (!start->file && teller_set_text(teller, &start->file, remark.phrase.file) < 0)
		return -ENOMEM;
	return teller_tie(teller, place, &remark.phrase);
}

static bool has_failed(const struct biography *processor)
{
	const struct start *last = biography_last_start(processor);

	return last && last->outcome == START_FAILED;
}

/* What waits for its mailbox is "busy" to the core. Where user space was to load a file
 * that is not there, and did not, the core says how that ended. */
static bool says_more(const struct start *start, bool waited)
{
	return (start->cause == CAUSE_MAILBOX && start->error == -517) ||
	       (start->cause == CAUSE_FIRMWARE_MISSING && start->error == -ENOENT &&
		waited);
}

/* "Boot failed" repeats what ended the start already. */
int teller_end_badly(struct teller *teller, struct biography *processor,
		     const struct phrase *phrase)
{
	struct start *start = teller_open_start(teller, processor);
	bool again =
		!start && has_failed(processor) && phrase->event == EVENT_START_SUMMARY;
	bool waited = teller_state(teller, processor)->waiting;
	int r;

	if (again)
		start = &processor->starts[processor->start_count - 1];
	else if (!start)
		start = teller_begin_start(teller, processor, NO_LINE);
	if (!start)
		return -ENOMEM;
	start->outcome = START_FAILED;
	start->end_line = teller->line;
	r = teller_find_cause(teller, processor, start);
	if (!again && !start->file)
		start->file = processor->firmware;
	if (start->cause == CAUSE_UNKNOWN)
		start->cause = phrase->cause;
	/* The table is understood, and what it asks for is not there. */
	if (start->cause == CAUSE_RESOURCES && phrase->error == -ENOMEM)
		start->cause = CAUSE_MEMORY;
	/* A driver's complaint came before, and no word of the image. */
	if (start->cause == CAUSE_UNKNOWN && start->cause_line != NO_LINE)
		start->cause = CAUSE_REFUSED;
	if (phrase->has_error && (!again || start->error == 0) &&
	    !says_more(start, waited))
		start->error = phrase->error;
	if (start->cause_line == NO_LINE)
		start->cause_line = teller->line;
	teller_close_start(teller, processor);
	teller_state(teller, processor)->failed_load = NO_LINE;
	teller_set_state(teller, processor, start->attach ? LIFE_DETACHED : LIFE_OFFLINE);
	return r;
}

/* A shell's "write error": the log may have told it. What is busy runs already, what is
 * not found is the firmware. */
int teller_take_refusal(struct teller *teller, const struct phrase *refusal)
{
	struct phrase phrase = { .event = EVENT_START_SUMMARY };
	struct biography *processor = teller_processor(teller, refusal->name);
	const struct start *last = biography_failed_start(processor);

	if (!processor)
		return -ENOMEM;
	if (last && last->outcome == START_FAILED)
		return 0;
	phrase.error = phrase_shell_error(refusal->text);
	phrase.has_error = phrase.error != 0;
	if (phrase.error == -ENOENT)
		phrase.cause = CAUSE_FIRMWARE_MISSING;
	if (phrase.error == -EBUSY &&
	    (processor->state == LIFE_RUNNING || processor->state == LIFE_ATTACHED))
		return 0;
	return teller_end_badly(teller, processor, &phrase);
}
