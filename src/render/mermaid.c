// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A flowchart for mermaid, which GitHub and GitLab draw in an issue. Labels stand in
 * quotes; there every byte that means something to mermaid, Markdown or HTML is written
 * as mermaid's own entity (#35;), so that no name can end its label or become markup.
 */

#include <errno.h>
#include <string.h>

#include "format.h"
#include "picture.h"

static bool is_safe(unsigned char c)
{
	return c >= 0x80 || strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz -.,:@/+",
				   c);
}

static void write_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n')
			fputs("<br/>", out);
		else if (is_safe((unsigned char)*text))
			fputc(*text, out);
		else
			fprintf(out, "#%d;", (unsigned char)*text);
	}
}

struct chart {
	FILE *out;
	const struct tree *tree;
	const struct finding **worst; /* one for each device */
	const struct render_options *options;
};

static int write_node(const struct chart *chart, const struct device *device)
{
	size_t number = (size_t)(device - chart->tree->devices);
	const struct finding *worst = chart->worst[number];
	_cleanup_free_ char *label = picture_label(device, worst, chart->options);

	if (!label)
		return -ENOMEM;
	fprintf(chart->out, "    n%zu[\"", number);
	write_text(chart->out, label);
	fprintf(chart->out, "\"]:::%s\n", picture_style(device, worst)->name);
	return 0;
}

static bool is_within(const struct device *device, const struct device *remoteproc)
{
	return device == remoteproc ||
	       (device->kind != KIND_REMOTEPROC &&
		device_ancestor(device, KIND_REMOTEPROC) == remoteproc);
}

/* Behind a device and all below it: they are in one piece. */
static const struct device *end_of(const struct tree *tree, const struct device *device)
{
	const struct device *end = device + 1;

	while (end < tree->devices + tree->count && end->depth > device->depth)
		end++;
	return end;
}

/* A processor and what is below it: a box around them. */
static int write_processor(const struct chart *chart, const struct device *remoteproc)
{
	size_t number = (size_t)(remoteproc - chart->tree->devices);
	const struct device *end = end_of(chart->tree, remoteproc);
	int r = 0;

	fprintf(chart->out, "    subgraph s%zu [\" \"]\n", number);
	for (const struct device *device = remoteproc; device < end && r == 0; device++)
		if (is_within(device, remoteproc))
			r = write_node(chart, device);
	fprintf(chart->out, "    end\n    style s%zu fill:#f4f8fd,stroke:#8fa8c8\n",
		number);
	return r;
}

static int write_nodes(const struct chart *chart)
{
	int r = 0;

	tree_foreach (device, chart->tree) {
		if (device->kind == KIND_REMOTEPROC)
			r = write_processor(chart, device);
		else if (!device_ancestor(device, KIND_REMOTEPROC))
			r = write_node(chart, device);
		if (r < 0)
			return r;
	}
	return 0;
}

static void write_edges(FILE *out, const struct tree *tree)
{
	tree_foreach (device, tree) {
		if (device->parent)
			fprintf(out, "    n%zu --> n%zu\n",
				(size_t)(device->parent - tree->devices),
				(size_t)(device - tree->devices));
		if (picture_is_lost(device))
			fprintf(out, "    n%zu -.-> n%zu\n",
				(size_t)(device - tree->devices),
				(size_t)(device->owner - tree->devices));
	}
}

static void write_classes(FILE *out)
{
	const struct box_style *style;

	for (size_t i = 0; (style = picture_style_at(i)); i++)
		fprintf(out, "    classDef %s fill:%s,stroke:%s,color:#1b1b1b\n",
			style->name, style->fill, style->line);
}

int mermaid_render(FILE *out, const struct findings *findings,
		   const struct render_options *options)
{
	_cleanup_free_ const struct finding **worst = NULL;
	struct chart chart = { .out = out, .tree = findings->tree, .options = options };
	int r = findings_worst(findings, &worst);

	if (r < 0)
		return r;
	chart.worst = worst;
	fputs("flowchart LR\n", out);
	r = write_nodes(&chart);
	write_edges(out, findings->tree);
	write_classes(out);
	return r;
}
