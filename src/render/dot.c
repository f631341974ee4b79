// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A graph for graphviz: each remote processor a cluster with what is below it, what has a
 * problem in its colour, with a dashed edge to the processor that it should be below.
 * Names stand in quoted strings, where '"', '\' and '&' mean something: they are escaped.
 * Nodes are called by number, so no name is ever a name of graphviz.
 */

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "format.h"
#include "picture.h"

struct graph {
	FILE *out;
	const struct tree *tree;
	const struct finding **worst; /* one for each device */
	const struct render_options *options;
	int depth;
	int r; /* 0 or -ENOMEM: what failed first */
};

static void indent(const struct graph *graph)
{
	for (int i = 0; i <= graph->depth; i++)
		fputc('\t', graph->out);
}

/* In a label '\' begins an escape ("\n", "\N"), '&' an entity, and '"' ends it. */
static void write_quoted(struct graph *graph, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n') {
			fputs("\\n", graph->out);
			continue;
		}
		if (*text == '"' || *text == '\\')
			fputc('\\', graph->out);
		fputs(*text == '&' ? "&amp" : "", graph->out);
		fputc(*text == '&' ? ';' : *text, graph->out);
	}
}

static void write_node(struct graph *graph, const struct device *device)
{
	size_t number = (size_t)(device - graph->tree->devices);
	const struct finding *worst = graph->worst[number];
	const struct box_style *style = picture_style(device, worst);
	_cleanup_free_ char *label = picture_label(device, worst, graph->options);

	if (!label) {
		graph->r = -ENOMEM;
		return;
	}
	indent(graph);
	fprintf(graph->out, "n%zu [label=\"", number);
	write_quoted(graph, label);
	fprintf(graph->out, "\", fillcolor=\"%s\", color=\"%s\"];\n", style->fill,
		style->line);
}

static void write_devices(struct graph *graph, const struct device *device);

static void write_children(struct graph *graph, const struct device *device)
{
	tree_foreach_child (child, device)
		write_devices(graph, child);
}

static void write_cluster(struct graph *graph, const struct device *device)
{
	indent(graph);
	fprintf(graph->out, "subgraph cluster_%zu {\n",
		(size_t)(device - graph->tree->devices));
	graph->depth++;
	indent(graph);
	fputs("style=\"rounded,filled\"; color=\"#8fa8c8\"; fillcolor=\"#f4f8fd\";\n",
	      graph->out);
	write_node(graph, device);
	write_children(graph, device);
	graph->depth--;
	indent(graph);
	fputs("}\n", graph->out);
}

static void write_devices(struct graph *graph, const struct device *device)
{
	if (device->kind == KIND_REMOTEPROC) {
		write_cluster(graph, device);
		return;
	}
	write_node(graph, device);
	write_children(graph, device);
}

static void write_edges(struct graph *graph)
{
	const struct device *first = graph->tree->devices;

	tree_foreach (device, graph->tree) {
		if (device->parent)
			fprintf(graph->out, "\tn%zu -> n%zu;\n",
				(size_t)(device->parent - first),
				(size_t)(device - first));
		if (picture_is_lost(device))
			fprintf(graph->out,
				"\tn%zu -> n%zu [style=dashed, color=\"%s\", "
				"constraint=false];\n",
				(size_t)(device - first), (size_t)(device->owner - first),
				picture_style(device, graph->worst[device - first])
					->line);
	}
}

int dot_render(FILE *out, const struct findings *findings,
	       const struct render_options *options)
{
	_cleanup_free_ const struct finding **worst = NULL;
	struct graph graph = { .out = out, .tree = findings->tree, .options = options };

	if (findings_worst(findings, &worst) < 0)
		return -ENOMEM;
	graph.worst = worst;
	fputs("digraph \"rproc-tree\" {\n"
	      "\tgraph [fontname=\"sans-serif\", fontsize=10, rankdir=LR, ordering=out, nodesep=0.12, "
	      "ranksep=0.4];\n"
	      "\tnode [fontname=\"sans-serif\", fontsize=10, shape=box, "
	      "style=\"rounded,filled\", margin=\"0.12,0.05\", height=0.3];\n"
	      "\tedge [color=\"#60707f\", "
	      "arrowsize=0.6];\n",
	      out);
	tree_foreach (device, findings->tree)
		if (!device->parent)
			write_devices(&graph, device);
	write_edges(&graph);
	fputs("}\n", out);
	return graph.r;
}
