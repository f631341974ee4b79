// SPDX-License-Identifier: GPL-2.0-or-later
#include "kmod_library.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "cleanup.h"

#define NOTE                                                                             \
	"[{\"feature\":\"modules\",\"description\":\"which module serves a device\","    \
	"\"priority\":\"recommended\",\"soname\":[\"" KMOD_SONAME "\"]}]"

/* What is loaded while the program runs, for those who make packages and images:
 * https://uapi-group.org/specifications/specs/elf_dlopen_metadata/ */
static const struct {
	uint32_t name_size, size, type;
	char name[4];
	char json[(sizeof(NOTE) + 3) / 4 * 4];
} note __attribute__((used, section(".note.dlopen"), aligned(4))) = {
	.name_size = 4,
	.size = sizeof(NOTE),
	.type = 0x407c0c0a,
	.name = "FDO",
	.json = NOTE,
};

struct kmod_library libkmod;

static const struct {
	const char *name;
	size_t offset;
} functions[] = {
#define KMOD_ENTRY(function) { #function, offsetof(struct kmod_library, function) },
	KMOD_FUNCTIONS(KMOD_ENTRY)
#undef KMOD_ENTRY
};

/* glibc and musl both end the message with the errno's text. */
static int reason_of(const char *message)
{
	return message && strstr(message, strerror(ENOENT)) ? -ENOENT : -ELIBACC;
}

int kmod_library_load(const char *soname)
{
	void *library, *address;

	if (libkmod.kmod_new)
		return 0;
	library = dlopen(soname, RTLD_NOW);
	if (!library)
		return reason_of(dlerror());
	for (size_t i = 0; i < ARRAY_SIZE(functions); i++) {
		address = dlsym(library, functions[i].name);
		if (!address) {
			libkmod = (struct kmod_library){ 0 };
			dlclose(library);
			return -ELIBACC;
		}
		memcpy((char *)&libkmod + functions[i].offset, &address, sizeof(address));
	}
	return 0;
}
