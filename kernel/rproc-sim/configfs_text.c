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

/* One line end at most is echo's; all else may be part of a name. */
static char *copy_text(const char *page, size_t count)
{
	if (count && page[count - 1] == '\n')
		count--;
	return kstrndup(page, count, GFP_KERNEL);
}

/* Has the configuration take the text, and leave in its place what is to be freed. */
static ssize_t store_text(struct config_item *item, const char *page, size_t count,
			  int (*take)(struct sim_config *config, const char **text))
{
	struct sim_item *sim = sim_to_item(item);
	const char *text = copy_text(page, count);
	int ret;

	if (!text)
		return -ENOMEM;
	mutex_lock(&sim->lock);
	ret = sim->pdev ? -EBUSY : take(&sim->config, &text);
	mutex_unlock(&sim->lock);
	kfree(text);
	return ret ?: count;
}

static ssize_t show_text(struct config_item *item, const char *const *text, char *page)
{
	struct sim_item *sim = sim_to_item(item);
	ssize_t size;

	mutex_lock(&sim->lock);
	size = scnprintf(page, PAGE_SIZE, "%s\n", *text);
	mutex_unlock(&sim->lock);
	return size;
}

static int take_firmware(struct sim_config *config, const char **text)
{
	swap(config->firmware, *text);
	return 0;
}

ssize_t sim_firmware_show(struct config_item *item, char *page)
{
	return show_text(item, &sim_to_item(item)->config.firmware, page);
}

ssize_t sim_firmware_store(struct config_item *item, const char *page, size_t count)
{
	return store_text(item, page, count, take_firmware);
}

static int take_names(struct sim_config *config, const char **text)
{
	int ret = sim_names_parse(*text, &config->names);

	if (!ret)
		swap(config->names_text, *text);
	return ret;
}

ssize_t sim_names_show(struct config_item *item, char *page)
{
	return show_text(item, &sim_to_item(item)->config.names_text, page);
}

ssize_t sim_names_store(struct config_item *item, const char *page, size_t count)
{
	return store_text(item, page, count, take_names);
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

static int take_node(struct sim_config *config, const char **path)
{
	struct device_node *node = NULL;

	if (**path) {
		node = of_find_node_by_path(*path);
		if (!node)
			return -ENOENT;
	}
	of_node_put(config->node);
	config->node = node;
	return 0;
}

ssize_t sim_of_node_store(struct config_item *item, const char *page, size_t count)
{
	return store_text(item, page, count, take_node);
}
