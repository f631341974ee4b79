/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The renderers that are the rows of format.c, one file each. */

#include "render.h"

int tree_render(FILE *out, const struct findings *findings,
		const struct render_options *options);
int dot_render(FILE *out, const struct findings *findings,
	       const struct render_options *options);
int mermaid_render(FILE *out, const struct findings *findings,
		   const struct render_options *options);
int markdown_render(FILE *out, const struct findings *findings,
		    const struct render_options *options);
int text_render(FILE *out, const struct findings *findings,
		const struct render_options *options);
int json_render(FILE *out, const struct findings *findings,
		const struct render_options *options);
int ktap_render(FILE *out, const struct findings *findings,
		const struct render_options *options);
int lava_render(FILE *out, const struct findings *findings,
		const struct render_options *options);
int junit_render(FILE *out, const struct findings *findings,
		 const struct render_options *options);
int ptest_render(FILE *out, const struct findings *findings,
		 const struct render_options *options);
int nagios_render(FILE *out, const struct findings *findings,
		  const struct render_options *options);
int openmetrics_render(FILE *out, const struct findings *findings,
		       const struct render_options *options);
int snapshot_render(FILE *out, const struct findings *findings,
		    const struct render_options *options);
int report_render(FILE *out, const struct findings *findings,
		  const struct render_options *options);

/* The records of a tree between the marker lines of a report. 0 or -errno. */
int records_write(FILE *out, const struct tree *tree);

/* The table of tree_render() alone. */
int tree_write(FILE *out, const struct findings *findings,
	       const struct render_options *options);
