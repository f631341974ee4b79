/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "nullable.h"
#include "render.h"

/* "fail: /devices/...: what is wrong", for formats whose ids do not say it; of a pass
 * what it means. A new escaped string that the caller owns, NULL when out of memory. */
char *_nullable_ diagnostic_text(const struct finding *finding,
				 const struct render_options *options);
