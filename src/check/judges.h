/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The functions behind the table in table.c; one file a subject. */

#include "check.h"

/* ancestor.c: where it hangs */
bool ancestor_applies_to_channel(const struct device *device);
bool ancestor_applies_to_virtio(const struct device *device);
int ancestor_judge(const struct tree *tree, const struct device *device,
		   struct finding *finding);

/* driver.c: what would serve it */
bool driver_applies_to_channel(const struct device *device);
bool driver_applies_to_virtio(const struct device *device);
int driver_judge_channel(const struct tree *tree, const struct device *device,
			 struct finding *finding);
int driver_judge_virtio(const struct tree *tree, const struct device *device,
			struct finding *finding);

/* vdev.c: whether it is up, and what came over it */
bool vdev_applies_status(const struct device *device);
bool vdev_applies_announced(const struct device *device);
bool vdev_applies_collision(const struct device *device);
int vdev_judge_status(const struct tree *tree, const struct device *device,
		      struct finding *finding);
int vdev_judge_announced(const struct tree *tree, const struct device *device,
			 struct finding *finding);
int vdev_judge_collision(const struct tree *tree, const struct device *device,
			 struct finding *finding);

/* processor.c: the remote processor itself */
bool processor_applies(const struct device *device);
bool processor_applies_firmware(const struct device *device);
int processor_judge_state(const struct tree *tree, const struct device *device,
			  struct finding *finding);
int processor_judge_firmware(const struct tree *tree, const struct device *device,
			     struct finding *finding);
int processor_judge_stale(const struct tree *tree, const struct device *device,
			  struct finding *finding);

/* pool.c: where a vdev's buffers come from */
bool pool_applies(const struct device *device);
int pool_judge(const struct tree *tree, const struct device *device,
	       struct finding *finding);

/* name.c: names and nodes */
bool name_applies_to_channel(const struct device *device);
bool name_applies_to_node(const struct device *device);
int name_judge_hostile(const struct tree *tree, const struct device *device,
		       struct finding *finding);
int name_judge_node(const struct tree *tree, const struct device *device,
		    struct finding *finding);
