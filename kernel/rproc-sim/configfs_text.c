// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a configuration says in texts: the firmware, the names of the channels, and the
 * path of a device tree node. None of them changes while it is live.
 */

#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "configfs.h"

static ssize_t show_text(struct sim_item *sim, char *const *text, const char *otherwise,
			 char *page)
{
	ssize_t size;

	mutex_lock(&sim->lock);
	size = scnprintf(page, PAGE_SIZE, "%s\n", *text ?: otherwise);
	mutex_unlock(&sim->lock);
	return size;
}

/* One line end at most is echo's; all else may be part of a name. */
static char *copy_text(const char *page, size_t count)
{
	if (count && page[count - 1] == '\n')
		count--;
	return kstrndup(page, count, GFP_KERNEL);
}

ssize_t sim_firmware_show(struct config_item *item, char *page)
{
	struct sim_item *sim = sim_to_item(item);

	return show_text(sim, &sim->firmware, sim_config_default.firmware, page);
}

ssize_t sim_firmware_store(struct config_item *item, const char *page, size_t count)
{
	struct sim_item *sim = sim_to_item(item);
	char *text = copy_text(page, count);

	if (!text)
		return -ENOMEM;
	mutex_lock(&sim->lock);
	if (sim->pdev) {
		mutex_unlock(&sim->lock);
		kfree(text);
		return -EBUSY;
	}
	swap(sim->firmware, text);
	sim->config.firmware = sim->firmware;
	mutex_unlock(&sim->lock);
	kfree(text);
	return count;
}

ssize_t sim_names_show(struct config_item *item, char *page)
{
	struct sim_item *sim = sim_to_item(item);

	return show_text(sim, &sim->names, "rpmsg-client-sample,rpmsg-raw", page);
}

ssize_t sim_names_store(struct config_item *item, const char *page, size_t count)
{
	struct sim_item *sim = sim_to_item(item);
	char *text = copy_text(page, count);
	int ret;

	if (!text)
		return -ENOMEM;
	mutex_lock(&sim->lock);
	ret = sim->pdev ? -EBUSY : sim_names_parse(text, &sim->config.names);
	if (!ret)
		swap(sim->names, text);
	mutex_unlock(&sim->lock);
	kfree(text);
	return ret ?: count;
}

/* The path of the node, an empty line for none. */
ssize_t sim_of_node_show(struct config_item *item, char *page)
{
	struct sim_item *sim = sim_to_item(item);
	ssize_t size;

	mutex_lock(&sim->lock);
	if (sim->config.node)
		size = scnprintf(page, PAGE_SIZE, "%pOF\n", sim->config.node);
	else
		size = scnprintf(page, PAGE_SIZE, "\n");
	mutex_unlock(&sim->lock);
	return size;
}

static int set_node(struct sim_item *sim, const char *path)
{
	struct device_node *node = NULL;

	if (sim->pdev)
		return -EBUSY;
	if (*path) {
		node = of_find_node_by_path(path);
		if (!node)
			return -ENOENT;
	}
	of_node_put(sim->config.node);
	sim->config.node = node;
	return 0;
}

ssize_t sim_of_node_store(struct config_item *item, const char *page, size_t count)
{
	struct sim_item *sim = sim_to_item(item);
	char *path = copy_text(page, count);
	int ret;

	if (!path)
		return -ENOMEM;
	mutex_lock(&sim->lock);
	ret = set_node(sim, path);
	mutex_unlock(&sim->lock);
	kfree(path);
	return ret ?: count;
}
