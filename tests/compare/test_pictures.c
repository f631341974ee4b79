// SPDX-License-Identifier: GPL-2.0-or-later
/* Pictures are drawn for real, by the programs that people draw them with. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "board.h"
#include "command.h"
#include "spawn.h"
#include "with_cmocka.h"

static size_t count(const char *text, const char *what)
{
	size_t found = 0;

	for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
		found++;
	return found;
}

static struct outcome draw(const char *path, const char *format)
{
	struct outcome outcome = run("show", "--format", format, "--from", path);

	if (outcome.status != EXIT_OK)
		fail_msg("%s, %s: exit %d, %s", path, format, outcome.status,
			 outcome.err);
	return outcome;
}

static struct outcome pipe_to(const char *program, const char *argument,
			      const struct outcome *from)
{
	const struct start start = { .input = from->out, .input_size = from->out_size };
	struct outcome outcome =
		spawn(&start, (const char *const[16]){ program, argument });

	if (outcome.status != 0)
		fail_msg("%s: exit %d, %s", program, outcome.status, outcome.err);
	return outcome;
}

/* One node for each device, whatever it is called. */
static void test_graphviz_draws_every_board(void **state)
{
	const char *dot = getenv("DOT");
	struct boards boards = boards_list();

	(void)state;
	for (size_t i = 0; dot && i < boards.count; i++) {
		_cleanup_outcome_ struct outcome json = { 0 }, text = { 0 }, svg = { 0 };

		if (!boards.list[i].is_snapshot)
			continue;
		json = run("show", "--json", "--from", boards.list[i].path);
		text = draw(boards.list[i].path, "dot");
		svg = pipe_to(dot, "-Tsvg", &text);
		assert_string_equal(svg.err, "");
		if (count(svg.out, "class=\"node\"") != count(json.out, "\"children\": "))
			fail_msg("%s: nodes are missing", boards.list[i].name);
	}
	boards_release(&boards);
	if (!dot)
		skip(); /* leaves by longjmp(): nothing may be owned here */
}

static void test_a_hostile_name_is_only_a_label(void **state)
{
	const char *dot = getenv("DOT");
	_cleanup_outcome_ struct outcome text = { 0 }, svg = { 0 };

	(void)state;
	if (!dot)
		skip();
	text = draw(board_path("hostile-names.snapshot"), "dot");
	svg = pipe_to(dot, "-Tsvg", &text);
	assert_non_null(strstr(svg.out, "w$(reboot)`x`;#"));
	assert_non_null(strstr(svg.out, "f{&quot;json&quot;:&quot;x&quot;,}"));
	assert_non_null(strstr(svg.out, "l\\"));
}

/* What the README shows is what the program draws now. */
static void test_the_readme_shows_what_is_drawn(void **state)
{
	_cleanup_outcome_ struct outcome broken =
		draw(board_path("omapl138-broken.snapshot"), "dot");
	_cleanup_outcome_ struct outcome fixed =
		draw(board_path("omapl138-fixed.snapshot"), "dot");

	(void)state;
	assert_int_equal(count(broken.out, "style=dashed"), 1);
	assert_int_equal(count(fixed.out, "style=dashed"), 0);
	assert_non_null(strstr(broken.out, "belongs below remoteproc0"));
}

/* The colour is that of the worst finding, whatever the device is. */
static void test_what_fails_is_red_and_crashed_is_not_running(void **state)
{
	_cleanup_outcome_ struct outcome drivers =
		draw(board_path("why-drivers.snapshot"), "dot");
	_cleanup_outcome_ struct outcome crashed =
		draw(board_path("lab-6.12-crashed.snapshot"), "mermaid");

	(void)state;
	assert_int_equal(count(drivers.out, "no driver\", fillcolor=\"#fbdad7\""), 5);
	assert_int_equal(count(drivers.out, "#fbdad7"), 5);
	assert_int_equal(count(crashed.out, "remoteproc0<br/>crashed\"]:::failed"), 1);
	assert_int_equal(count(crashed.out, "remoteproc1<br/>running\"]:::running"), 1);
	assert_int_equal(count(crashed.out, "no answer\"]:::failed"), 4);
}

/* A string of mermaid ends at the next quote; nothing else of a name is left raw. */
static void test_no_name_leaves_its_mermaid_label(void **state)
{
	_cleanup_outcome_ struct outcome text =
		draw(board_path("hostile-names.snapshot"), "mermaid");
	char *rest = text.out, *line;

	(void)state;
	while ((line = strsep(&rest, "\n"))) {
		char *label = strstr(line, "[\"");

		if (!label || strncmp(line, "    n", 5) != 0)
			continue;
		for (char *br; (br = strstr(label, "<br/>"));)
			memcpy(br, "     ", 5);
		if (count(label, "\"") != 2 ||
		    strpbrk(label + 2, "<>`$;{}") != strpbrk(label + 2, ";")) {
			fail_msg("%s", line);
		}
	}
}

static void test_mermaid_draws(void **state)
{
	const char *mmdc = getenv("MMDC");
	_cleanup_outcome_ struct outcome text = { 0 }, svg = { 0 };

	(void)state;
	if (!mmdc)
		skip();
	text = draw(board_path("hostile-names.snapshot"), "mermaid");
	svg = pipe_to("sh", mmdc, &text);
	assert_non_null(strstr(svg.out, "<svg"));
	assert_null(strstr(svg.out, "Syntax error"));
	assert_non_null(strstr(svg.out, "w$(reboot)`x`;#"));
}

static void test_markdown_is_one_fold_and_no_markup_of_names(void **state)
{
	const char *cmark = getenv("CMARK");
	_cleanup_outcome_ struct outcome text = { 0 }, html = { 0 };

	(void)state;
	if (!cmark)
		skip();
	text = draw(board_path("hostile-names.snapshot"), "markdown");
	html = pipe_to(cmark, "--unsafe", &text);
	assert_int_equal(count(html.out, "<pre><code class=\"language-text\">"), 3);
	assert_int_equal(count(html.out, "<details>"), 1);
	assert_int_equal(count(html.out, "<a "), 0);
	assert_non_null(strstr(html.out, "</code></pre>\n</details>"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_graphviz_draws_every_board),
		cmocka_unit_test(test_a_hostile_name_is_only_a_label),
		cmocka_unit_test(test_the_readme_shows_what_is_drawn),
		cmocka_unit_test(test_what_fails_is_red_and_crashed_is_not_running),
		cmocka_unit_test(test_no_name_leaves_its_mermaid_label),
		cmocka_unit_test(test_mermaid_draws),
		cmocka_unit_test(test_markdown_is_one_fold_and_no_markup_of_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
