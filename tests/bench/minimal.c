// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The lower bound: every file that the tree and its verdicts need is opened, read and
 * closed once, by its path below the subsystem. No libudev, no records, no output but a
 * sum.
 *
 * minimal TIMES DIRECTORY FILE...: those files of all devices in a directory, so many
 * times: what sysfs costs beside a copy of it elsewhere.
 */

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct subsystem {
	const char *directory;
	const char *const *files;
};

static const char *const channel[] = { "uevent",   "name",     "src",
				       "dst",      "announce", "driver_override",
				       "modalias", NULL };
static const char *const chardev[] = { "uevent", "name", "src", "dst", NULL };
static const char *const virtio[] = { "uevent",   "device",   "vendor",    "status",
				      "features", "modalias", "../uevent", NULL };
static const char *const remoteproc[] = { "uevent",       "name",     "state",
					  "firmware",     "recovery", "coredump",
					  "../../uevent", NULL };

static const struct subsystem subsystems[] = {
	{ "/sys/bus/rpmsg/devices", channel },
	{ "/sys/class/rpmsg", chardev },
	{ "/sys/bus/virtio/devices", virtio },
	{ "/sys/class/remoteproc", remoteproc },
};

static size_t read_file(int directory, const char *path)
{
	int fd = openat(directory, path, O_RDONLY | O_CLOEXEC);
	char page[4096];
	ssize_t n;

	if (fd < 0)
		return 0;
	n = read(fd, page, sizeof(page));
	close(fd);
	return n > 0 ? (size_t)n : 0;
}

static size_t read_device(int directory, const char *name, const char *const *files)
{
	char path[PATH_MAX], target[PATH_MAX];
	size_t size = 0;
	ssize_t n = readlinkat(directory, name, target, sizeof(target));

	for (; *files; files++) {
		snprintf(path, sizeof(path), "%s/%s", name, *files);
		size += read_file(directory, path);
	}
	snprintf(path, sizeof(path), "%s/driver", name);
	size += n > 0 ? (size_t)n : 0;
	n = readlinkat(directory, path, target, sizeof(target));
	return size + (n > 0 ? (size_t)n : 0);
}

static size_t read_subsystem(const struct subsystem *subsystem)
{
	DIR *devices = opendir(subsystem->directory);
	const struct dirent *entry;
	size_t size = 0;

	if (!devices)
		return 0;
	while ((entry = readdir(devices)))
		if (entry->d_name[0] != '.')
			size += read_device(dirfd(devices), entry->d_name,
					    subsystem->files);
	closedir(devices);
	return size;
}

int main(int argc, char **argv)
{
	size_t size = 0;

	if (argc > 3) {
		const struct subsystem given = { argv[2], (const char *const *)argv + 3 };

		for (long times = strtol(argv[1], NULL, 10); times > 0; times--)
			size += read_subsystem(&given);
		printf("%zu bytes\n", size);
		return 0;
	}
	for (size_t i = 0; i < sizeof(subsystems) / sizeof(*subsystems); i++)
		size += read_subsystem(&subsystems[i]);
	printf("%zu bytes\n", size);
	return 0;
}
