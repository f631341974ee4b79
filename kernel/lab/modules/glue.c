// SPDX-License-Identifier: GPL-2.0-only
/*
 * The one init of the remoteproc core built as a module; see glue.h. Which of the three
 * initcalls there are depends on the kernel.
 */

#include <linux/module.h>

int __init __weak lab_init_rproc_init_cdev(void)
{
	return 0;
}

int __init __weak lab_init_rproc_virtio_driver(void)
{
	return 0;
}

static int __init lab_init(void)
{
	return lab_init_remoteproc_init() ?: lab_init_rproc_init_cdev() ?:
	       lab_init_rproc_virtio_driver();
}
module_init(lab_init);

MODULE_DESCRIPTION("The remoteproc core of this kernel, as a module");
MODULE_LICENSE("GPL v2");
