/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What the formats that are drawn have in common. A box has the colour of the worst
 * finding on its device, as a row of the tree has, and says it in two or three words. */

#include "mark.h"
#include "nullable.h"

/* worst is what findings_worst() has of the device, and may be NULL. */
const struct box_style *picture_style(const struct device *device,
				      const struct finding *worst);

/* The styles there are, by number; NULL: there are no more. */
const struct box_style *_nullable_ picture_style_at(size_t number);

/* What stands in a device's box: its name, and below it, after a line feed, what is to
 * be said of it. Escaped. A new string the caller owns, NULL when out of memory. */
char *_nullable_ picture_label(const struct device *device, const struct finding *worst,
			       const struct render_options *options);

/* Whether an edge is due to the processor it should be below. */
bool picture_is_lost(const struct device *device);
