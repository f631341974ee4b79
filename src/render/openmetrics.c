// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * For node_exporter's textfile collector, one table row a metric. It reads Prometheus'
 * text format, whose successor is OpenMetrics: what is written here is valid in both,
 * which is why all are gauges (stateset and info are refused by the older one), and why
 * there are no time stamps. A processor's label is its identity, the same from boot to
 * boot; what changes (remoteprocN, firmware) is in one _info metric, to be joined.
 */

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "format.h"
#include "identity.h"
#include "version.h"

#define PREFIX "rproc_tree_"

/* What belongs to one processor, or to none. */
struct tally {
	size_t channels;
	size_t unbound;
	size_t verdicts[VERDICT_COUNT_];
};

struct exposition {
	FILE *out;
	const struct findings *findings;
	struct identities identities;
	struct tally *tallies; /* by the owner's place in the tree, + 1; 0: no owner */
	int error;             /* 0 or -ENOMEM: the first */
};

static void exposition_release(struct exposition *exposition)
{
	identities_release(&exposition->identities);
	free(exposition->tallies);
}

static struct tally *tally_of(const struct exposition *exposition,
			      const struct device *remoteproc)
{
	return &exposition->tallies
			[remoteproc ? remoteproc - exposition->findings->tree->devices + 1
				    : 0];
}

static bool is_unbound(const struct device *device)
{
	return device_is_user_channel(device) && !device->record->path_only &&
	       !device->driver;
}

/* In one pass: there may be as many processors as devices. */
static int count_devices(struct exposition *exposition)
{
	const struct tree *tree = exposition->findings->tree;

	exposition->tallies = calloc(tree->count + 1, sizeof(*exposition->tallies));
	if (!exposition->tallies)
		return -ENOMEM;
	tree_foreach (device, tree) {
		struct tally *tally = tally_of(exposition, device->owner);

		tally->channels += device_is_user_channel(device);
		tally->unbound += is_unbound(device);
		tally->verdicts[device->verdict]++;
	}
	return 0;
}

/* A label's value: text that is escaped already. */
static void write_label(FILE *out, const char *name, const char *text)
{
	fprintf(out, "%s=\"", name);
	for (; *text; text++) {
		if (*text == '\\' || *text == '"')
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

/* Text as the kernel has it. */
static void write_raw_label(struct exposition *exposition, const char *name,
			    const char *text)
{
	_cleanup_free_ char *escaped = escape_string(text, 0);

	if (escaped)
		write_label(exposition->out, name, escaped);
	else
		exposition->error = -ENOMEM;
}

static void write_processor(struct exposition *exposition,
			    const struct device *remoteproc)
{
	write_label(exposition->out, "processor",
		    remoteproc ? identity_of(&exposition->identities,
					     exposition->findings->tree, remoteproc)
			       : "");
}

static void write_up(struct exposition *exposition)
{
	fputs(PREFIX "up 1\n", exposition->out);
}

static void write_version(struct exposition *exposition)
{
	const struct record *system = &exposition->findings->tree->inventory->system;
	FILE *out = exposition->out;

	fputs(PREFIX "build_info{version=\"" RPROC_TREE_VERSION "\",", out);
	write_raw_label(exposition, "kernel", record_property(system, FACT_KERNEL));
	fputc(',', out);
	write_raw_label(exposition, "machine", record_property(system, FACT_MACHINE));
	fputs("} 1\n", out);
}

static void write_info(struct exposition *exposition, const struct device *remoteproc)
{
	FILE *out = exposition->out;

	fputs(PREFIX "processor_info{", out);
	write_processor(exposition, remoteproc);
	fputc(',', out);
	write_raw_label(exposition, "device", remoteproc->name);
	fputc(',', out);
	write_raw_label(exposition, "label", remoteproc->remoteproc.name);
	fputc(',', out);
	write_raw_label(exposition, "firmware", remoteproc->remoteproc.firmware);
	fputs("} 1\n", out);
}

static void write_state(struct exposition *exposition, const struct device *remoteproc)
{
	enum remoteproc_state state = remoteproc->remoteproc.state;

	/* A word that no kernel writes counts as not recorded: one line is for both. */
	if (state == REMOTEPROC_NOT_RECORDED)
		state = REMOTEPROC_OTHER;
	for (enum remoteproc_state each = REMOTEPROC_OFFLINE; each <= REMOTEPROC_OTHER;
	     each++) {
		fputs(PREFIX "processor_state{", exposition->out);
		write_processor(exposition, remoteproc);
		fprintf(exposition->out, ",state=\"%s\"} %d\n",
			remoteproc_state_word(each), state == each);
	}
}

/* remoteproc is NULL for devices whose owner is not known. */
static void write_count(struct exposition *exposition, const char *metric,
			const struct device *remoteproc, size_t count)
{
	fprintf(exposition->out, PREFIX "%s{", metric);
	write_processor(exposition, remoteproc);
	fprintf(exposition->out, "} %zu\n", count);
}

static void write_channels(struct exposition *exposition, const struct device *remoteproc)
{
	write_count(exposition, "channels", remoteproc,
		    tally_of(exposition, remoteproc)->channels);
}

static void write_unbound(struct exposition *exposition, const struct device *remoteproc)
{
	write_count(exposition, "unbound_channels", remoteproc,
		    tally_of(exposition, remoteproc)->unbound);
}

static void write_verdicts(struct exposition *exposition, const struct device *remoteproc)
{
	const struct tally *tally = tally_of(exposition, remoteproc);

	for (enum verdict verdict = VERDICT_OK; verdict < VERDICT_COUNT_; verdict++) {
		fputs(PREFIX "devices{", exposition->out);
		write_processor(exposition, remoteproc);
		fprintf(exposition->out, ",verdict=\"%s\"} %zu\n", verdict_name(verdict),
			tally->verdicts[verdict]);
	}
}

static size_t count_findings(const struct findings *findings, const struct check *check,
			     enum status status)
{
	size_t count = 0;

	for (size_t i = 0; i < findings->count; i++)
		count += findings->list[i].check == check &&
			 findings->list[i].status == status;
	return count;
}

static void write_findings(struct exposition *exposition)
{
	checks_foreach(check) for (int status = 0; status < STATUS_COUNT_; status++)
		fprintf(exposition->out,
			PREFIX "findings{check=\"%s\",status=\"%s\"} %zu\n", check->id,
			status_name(status),
			count_findings(exposition->findings, check, status));
}

static const struct metric {
	const char *name;
	const char *help;
	/* One of them is set; those of processors are asked for each. */
	void (*write)(struct exposition *exposition);
	void (*write_processor)(struct exposition *exposition,
				const struct device *remoteproc);
	bool ownerless; /* also for devices that belong to no processor, label "" */
} metrics[] = {
	{ .name = "up", .help = "Whether the devices could be read.", .write = write_up },
	{ .name = "build_info",
	  .help = "The program, kernel and machine that the other metrics are of.",
	  .write = write_version },
	{ .name = "processor_info",
	  .help = "What may change from boot to boot of a remote processor.",
	  .write_processor = write_info },
	{ .name = "processor_state",
	  .help = "1 for the state a remote processor is in, 0 for the others.",
	  .write_processor = write_state },
	{ .name = "channels",
	  .help = "Channels of a remote processor, without the kernel's own.",
	  .write_processor = write_channels,
	  .ownerless = true },
	{ .name = "unbound_channels",
	  .help = "Those of them that no driver is bound to.",
	  .write_processor = write_unbound,
	  .ownerless = true },
	{ .name = "devices",
	  .help = "Channels and virtio devices by verdict on what they are children of.",
	  .write_processor = write_verdicts,
	  .ownerless = true },
	{ .name = "findings",
	  .help = "Findings of the checks by status.",
	  .write = write_findings },
};

static void write_metric(struct exposition *exposition, const struct metric *metric)
{
	fprintf(exposition->out, "# HELP " PREFIX "%s %s\n# TYPE " PREFIX "%s gauge\n",
		metric->name, metric->help, metric->name);
	if (metric->write) {
		metric->write(exposition);
		return;
	}
	if (metric->ownerless)
		metric->write_processor(exposition, NULL);
	tree_foreach (device, exposition->findings->tree)
		if (device->kind == KIND_REMOTEPROC)
			metric->write_processor(exposition, device);
}

int openmetrics_render(FILE *out, const struct findings *findings,
		       const struct render_options *options)
{
	_cleanup_(exposition_release) struct exposition exposition = { .out = out,
								       .findings =
									       findings };
	int r = identities_build(findings->tree, &exposition.identities);

	(void)options;
	if (r == 0)
		r = count_devices(&exposition);
	if (r < 0)
		return r;
	for (size_t i = 0; i < ARRAY_SIZE(metrics); i++)
		write_metric(&exposition, &metrics[i]);
	fputs("# EOF\n", out);
	return exposition.error;
}
