// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * For an issue tracker: a heading with the outcome, the tree, what is wrong, the records
 * folded. All that devices say stands in code fences longer than any run of backticks in
 * them: no name is a link, a mention, HTML, or the end of its fence.
 */

#include <errno.h>
#include <string.h>

#include "buffer.h"
#include "format.h"
#include "problem.h"

static size_t longest_run(const char *text)
{
	size_t longest = 0;

	while (*text) {
		size_t run = strspn(text, "`");

		longest = run > longest ? run : longest;
		text += run + (run == 0);
	}
	return longest;
}

static void write_fence(FILE *out, size_t size, const char *language)
{
	for (size_t i = 0; i < size; i++)
		fputc('`', out);
	fprintf(out, "%s\n", language);
}

static void write_fenced(FILE *out, const char *text)
{
	size_t size = longest_run(text) + 1;

	size = size < 3 ? 3 : size;
	write_fence(out, size, "text");
	fputs(text, out);
	write_fence(out, size, "");
}

static int fence_tree(FILE *out, const struct findings *findings,
		      const struct render_options *options)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	int r = buffer_open(&buffer);

	if (r == 0)
		r = tree_write(buffer.out, findings, options);
	if (r == 0)
		r = buffer_take(&buffer, &text, NULL);
	if (r == 0)
		write_fenced(out, text);
	return r;
}

static int fence_problems(FILE *out, const struct findings *findings,
			  const struct render_options *options)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	int r = buffer_open(&buffer);

	if (r == 0)
		r = problems_write(buffer.out, findings, PROBLEM_FIXES, options);
	if (r == 0)
		r = buffer_take(&buffer, &text, NULL);
	if (r == 0 && *text) {
		fputs("\n#### Findings\n\n", out);
		write_fenced(out, text);
	}
	return r;
}

/* Between the markers of a report: pasted back whole, it is read as one. */
static int fence_records(FILE *out, const struct findings *findings)
{
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	int r = buffer_open(&buffer);

	if (r == 0)
		r = records_write(buffer.out, findings->tree);
	if (r == 0)
		r = buffer_take(&buffer, &text, NULL);
	if (r != 0)
		return r;
	fputs("\n<details>\n<summary>Records: rproc-tree --from FILE reads this whole text"
	      "</summary>\n\n",
	      out);
	write_fenced(out, text);
	fputs("\n</details>\n", out);
	return 0;
}

int markdown_render(FILE *out, const struct findings *findings,
		    const struct render_options *options)
{
	struct render_options plain = *options;
	int r;

	plain.color = false;
	plain.width = 0;
	fputs("### rproc-tree: ", out);
	r = summary_write(out, findings, &plain);
	fputc('\n', out);
	if (r == 0 && findings->tree->count > 0)
		r = fence_tree(out, findings, &plain);
	if (r == 0)
		r = fence_problems(out, findings, &plain);
	return r < 0 ? r : fence_records(out, findings);
}
