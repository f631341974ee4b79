/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Included ahead of every file of the remoteproc core. A module has one init, the core has
 * an initcall in several files: each becomes a function that glue.c calls. It is never
 * unloaded. Two functions are not exported to modules; nothing here reaches them.
 */

#ifndef LAB_GLUE_H
#define LAB_GLUE_H

#include <linux/dma-mapping.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#if __has_include(<linux/dma-map-ops.h>)
#include <linux/dma-map-ops.h>
#endif

int __init lab_init_remoteproc_init(void);
int __init lab_init_rproc_init_cdev(void);
int __init lab_init_rproc_virtio_driver(void);

#undef subsys_initcall
#define subsys_initcall(function)					\
	int __init lab_init_##function(void) { return function(); }
#undef module_exit
#define module_exit(function)						\
	static void __exit __used lab_exit_##function(void) { function(); }
#undef builtin_platform_driver
#define builtin_platform_driver(driver)					\
	int __init lab_init_##driver(void) { return platform_driver_register(&driver); }

#define dma_declare_coherent_memory(...) (-EOPNOTSUPP)
#define dma_release_coherent_memory(...) do { } while (0)

#endif
