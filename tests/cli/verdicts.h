/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Questions to the program's JSON. Each fails the test, and says what is wrong. */

/* That every device that is due a verdict has the one of NAME.verdicts.json, written by
 * hand, that no other has one, and that the exit status is the one noted there. */
void assert_verdicts(const char *path, const char *json, int status);

/* That the counts are those of the findings, and the exit status follows from them. */
void assert_summary(const char *json, int status);
