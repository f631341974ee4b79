// SPDX-License-Identifier: GPL-2.0-or-later
#include "diagnostic.h"

#include "escape.h"

char *diagnostic_text(const struct finding *finding, const struct render_options *options)
{
	_cleanup_free_ char *path = escape_string(finding->device->record->path, 0);
	_cleanup_free_ char *text = NULL;

	if (!path ||
	    asprintf(&text, "%s: %s: %s", status_name(finding->status), path,
		     finding->message ? finding->message : finding->check->title) < 0)
		return NULL;
	return options->ascii ? escape_to_ascii(text) : steal(text);
}
