/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "text.h"

/* Takes off what terminals, mail programs and forums put around and between the lines of
 * a text: colours, carriage returns, quotes, entities, quoted-printable, wrapped lines. A
 * line keeps its number: what is joined to the line above leaves an empty one. 0 or
 * -ENOMEM. */
int undress(struct text *text);
