/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include <libkmod.h>

#define KMOD_SONAME "libkmod.so.2"

/* All of libkmod that is called. */
#define KMOD_FUNCTIONS(X)                                                                \
	X(kmod_load_resources)                                                           \
	X(kmod_module_apply_filter)                                                      \
	X(kmod_module_get_initstate)                                                     \
	X(kmod_module_get_install_commands)                                              \
	X(kmod_module_get_module)                                                        \
	X(kmod_module_get_name)                                                          \
	X(kmod_module_new_from_lookup)                                                   \
	X(kmod_module_unref)                                                             \
	X(kmod_module_unref_list)                                                        \
	X(kmod_new)                                                                      \
	X(kmod_set_log_priority)                                                         \
	X(kmod_unref)                                                                    \
	X(kmod_validate_resources)

/* libkmod's functions by their names; NULL before kmod_library_load(). */
struct kmod_library {
#define KMOD_MEMBER(function) __typeof__(function) *function;
	KMOD_FUNCTIONS(KMOD_MEMBER)
#undef KMOD_MEMBER
};

extern struct kmod_library libkmod;

/*
 * Loads libkmod when it is first needed: with its own libraries for compression and
 * signatures it takes longer than all else that is done of a small board, and a board in
 * order has no question for it. Once loaded it stays.
 *
 * 0; -ENOENT: it, or what it needs, is not installed; -ELIBACC: it is, and cannot be
 * loaded, or lacks a function.
 */
int kmod_library_load(const char *soname);
