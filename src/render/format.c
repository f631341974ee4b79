// SPDX-License-Identifier: GPL-2.0-or-later
#include "format.h"

#include <string.h>

const struct format formats[] = {
	{ .name = "tree",
	  .summary = "the tree, and below it what is wrong",
	  .uses = FORMAT_SHOW,
	  .depth = DEPTH_TREE,
	  .render = tree_render },
	{ .name = "dot",
	  .summary = "a graph, for dot -Tsvg (graphviz)",
	  .uses = FORMAT_SHOW,
	  .depth = DEPTH_TREE,
	  .render = dot_render },
	{ .name = "mermaid",
	  .summary = "a flowchart that GitHub and GitLab draw",
	  .uses = FORMAT_SHOW,
	  .depth = DEPTH_TREE,
	  .render = mermaid_render },
	{ .name = "markdown",
	  .summary = "for an issue: tree, problems, records folded",
	  .uses = FORMAT_SHOW,
	  .depth = DEPTH_ALL,
	  .render = markdown_render },
	{ .name = "snapshot",
	  .summary = "records that --from and umockdev-run read back",
	  .uses = FORMAT_CAPTURE,
	  .depth = DEPTH_ALL,
	  .render = snapshot_render },
	{ .name = "report",
	  .summary = "for a mail: problems, tree, facts, records",
	  .uses = FORMAT_REPORT,
	  .depth = DEPTH_ALL,
	  .render = report_render },
	{ .name = "text",
	  .summary = "failures first, then counts",
	  .uses = FORMAT_CHECK,
	  .depth = DEPTH_CHECKS,
	  .render = text_render },
	{ .name = "json",
	  .summary = "one object: devices, findings, summary",
	  .uses = FORMAT_SHOW | FORMAT_CHECK | FORMAT_CAPTURE | FORMAT_REPORT,
	  .depth = DEPTH_FACTS,
	  .passes = true,
	  .render = json_render },
	{ .name = "ktap",
	  .summary = "Kernel TAP, for kselftest and kernel CI",
	  .uses = FORMAT_CHECK,
	  .depth = DEPTH_CHECKS,
	  .passes = true,
	  .unread = "KTAP version 1\n"
		    "1..1\n"
		    "# cannot read the devices\n"
		    "not ok 1 rproc-tree\n",
	  .render = ktap_render },
	{ .name = "junit",
	  .summary = "JUnit XML, for GitLab, GitHub and Jenkins",
	  .uses = FORMAT_CHECK,
	  .depth = DEPTH_CHECKS,
	  .passes = true,
	  .unread =
		  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		  "<testsuites name=\"rproc-tree\" tests=\"1\" failures=\"0\" errors=\"1\" time=\"0\">\n"
		  "\t<testsuite name=\"rproc-tree\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\" time=\"0\">\n"
		  "\t\t<testcase classname=\"rproc-tree\" name=\"read\" time=\"0\">\n"
		  "\t\t\t<error type=\"read\" message=\"cannot read the devices: standard error says why\"/>\n"
		  "\t\t</testcase>\n"
		  "\t</testsuite>\n"
		  "</testsuites>\n",
	  .render = junit_render },
	{ .name = "lava",
	  .summary = "LAVA's signals, for a board's console",
	  .uses = FORMAT_CHECK,
	  .depth = DEPTH_CHECKS,
	  .passes = true,
	  .unread = "<LAVA_SIGNAL_TESTCASE TEST_CASE_ID=rproc-tree RESULT=unknown>\n",
	  .render = lava_render },
	{ .name = "ptest",
	  .summary = "PASS:, FAIL:, SKIP:, for Yocto's ptest-runner",
	  .uses = FORMAT_CHECK,
	  .depth = DEPTH_CHECKS,
	  .passes = true,
	  .unread = "FAIL: rproc-tree\n",
	  .render = ptest_render },
	{ .name = "nagios",
	  .summary = "one line, and the exit status Nagios and Icinga take",
	  .uses = FORMAT_CHECK,
	  .depth = DEPTH_CHECKS,
	  .exit_style = "nagios",
	  .unread = "RPROC UNKNOWN - cannot read the devices\n",
	  .missing = "RPROC UNKNOWN - a device that was named does not exist\n",
	  .render = nagios_render },
	{ .name = "openmetrics",
	  .summary = "for node_exporter's textfile collector",
	  .uses = FORMAT_CHECK,
	  .depth = DEPTH_CHECKS,
	  .passes = true,
	  .unread = "# HELP rproc_tree_up Whether the devices could be read.\n"
		    "# TYPE rproc_tree_up gauge\n"
		    "rproc_tree_up 0\n"
		    "# EOF\n",
	  .render = openmetrics_render },
	{ .name = NULL },
};

const struct format *format_find(const char *name, enum format_use use)
{
	for (const struct format *format = formats; format->name; format++)
		if ((format->uses & use) && (!name || strcmp(format->name, name) == 0))
			return format;
	return NULL;
}
