/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What may be advised about a processor, and what would make it worse: drivers differ in
 * what they let be done. Of a driver that is not known nothing is claimed.
 */

#include "check.h"
#include "nullable.h"

/* The nearest device above that has a driver: the processor's own, which may be said to
 * let go of it. NULL: none is known, as of the cores of a cluster. */
const struct device *_nullable_ remedy_driven(const struct device *processor);

/* Whether its driver is known, and one of Qualcomm's. */
bool remedy_is_of_qcom(const struct device *processor);

/* qcom_*: to stop such a processor a second time, or to unbind it, is a NULL dereference
 * in some kernels, and no version number tells which. */
bool remedy_is_unsafe_to_stop(const struct device *processor);

/* A clause about the dump that a recovery takes, to follow "restarts it". Constant. */
const char *remedy_of_dump(const struct device *processor);

/* Whether its driver registers memory for a dump. */
enum tristate remedy_dumps(const struct device *processor);

/* The directory of the processors' files: in sysfs, before v4.10 in debugfs. Constant. */
const char *remedy_files(const struct device *_nullable_ processor);

/* Whether its files in sysfs cannot be written to, even by root. */
bool remedy_is_read_only(const struct device *processor);

/* The fix of one that has crashed, and is still as it was then. */
void remedy_of_crash(const struct device *processor, bool told, struct finding *finding);

/* The same while it is not known how its recovery ends. */
void remedy_of_recovery(const struct device *processor, struct finding *finding);

#define REMEDY_DRIVER                                                                    \
	"correct what its driver complains about (clocks, resets, mailbox, memory in the device tree)"
#define REMEDY_READ_ONLY "only its driver starts it: its state cannot be written to"

/* The clause that starts it again, once the cause is gone. NULL: its number is not known.
 * Good as long as the finding is judged. */
const char *remedy_start(const struct device *_nullable_ processor,
			 struct finding *finding);

/* The fix of one that should run and does not. */
void remedy_to_run(const struct device *processor, struct finding *finding);

/* The fix of a path that was written to firmware, where the kernel takes a name: it looks
 * for any of them below its directories. NULL: file is no path. processor is the word for
 * its device; the clause lives as long as the finding. */
const char *_nullable_ remedy_of_path(const char *processor, const char *file,
				      struct finding *finding);

/* Whether its driver starts it once it is probed (rproc->auto_boot). */
enum tristate remedy_boots_itself(const struct device *processor);
