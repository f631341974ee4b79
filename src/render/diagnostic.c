// SPDX-License-Identifier: GPL-2.0-or-later
#include "diagnostic.h"

#include <string.h>

#include "escape.h"

char *diagnostic_text(const struct finding *finding, const struct render_options *options)
{
	_cleanup_free_ char *path =
		finding->device ? escape_string(finding->device->record->path, 0)
				: strdup(finding->name ? finding->name : "gone");
	_cleanup_free_ char *text = NULL;

	if (!path || asprintf(&text, "%s: %s: %s", status_name(finding->status), path,
			      finding_text(finding)) < 0)
		return NULL;
	return options->ascii ? escape_to_ascii(text) : steal(text);
}
