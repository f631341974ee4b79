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

static int write_node(FILE *out, const struct tree *tree, const struct device *device,
		      const struct render_options *options)
{
	_cleanup_free_ char *label = picture_label(device, options);

	if (!label)
		return -ENOMEM;
	fprintf(out, "    n%zu[\"", (size_t)(device - tree->devices));
	write_text(out, label);
	fprintf(out, "\"]:::%s\n", picture_style(device)->name);
	return 0;
}

static bool is_within(const struct device *device, const struct device *remoteproc)
{
	return device == remoteproc ||
	       device_ancestor(device, KIND_REMOTEPROC) == remoteproc;
}

/* A processor and what is below it: a box around them. */
static int write_processor(FILE *out, const struct tree *tree,
			   const struct device *remoteproc,
			   const struct render_options *options)
{
	int r = 0;

	fprintf(out, "    subgraph s%zu [\" \"]\n", (size_t)(remoteproc - tree->devices));
	tree_foreach (device, tree)
		if (r == 0 && is_within(device, remoteproc))
			r = write_node(out, tree, device, options);
	fprintf(out, "    end\n    style s%zu fill:#f4f8fd,stroke:#8fa8c8\n",
		(size_t)(remoteproc - tree->devices));
	return r;
}

static int write_nodes(FILE *out, const struct tree *tree,
		       const struct render_options *options)
{
	int r = 0;

	tree_foreach (device, tree) {
		if (device->kind == KIND_REMOTEPROC)
			r = write_processor(out, tree, device, options);
		else if (!device_ancestor(device, KIND_REMOTEPROC))
			r = write_node(out, tree, device, options);
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
	int r;

	fputs("flowchart LR\n", out);
	r = write_nodes(out, findings->tree, options);
	write_edges(out, findings->tree);
	write_classes(out);
	return r;
}
