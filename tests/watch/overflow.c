// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Loaded into the program: its first datagram is lost, and told as the kernel tells of
 * events that did not fit into the socket's queue. A read of "lost" is told as /dev/kmsg
 * tells of records that were overwritten, and the file that FORBID names is for root.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	static ssize_t (*next)(int, struct msghdr *, int);
	static bool lost;
	ssize_t size;

	if (!next)
		*(void **)&next = dlsym(RTLD_NEXT, "recvmsg");
	size = next(fd, message, flags);
	if (size <= 0 || lost || (flags & MSG_PEEK))
		return size;
	lost = true;
	errno = ENOBUFS;
	return -1;
}

ssize_t read(int fd, void *bytes, size_t count)
{
	static ssize_t (*next)(int, void *, size_t);
	ssize_t size;

	if (!next)
		*(void **)&next = dlsym(RTLD_NEXT, "read");
	size = next(fd, bytes, count);
	if (size != 4 || memcmp(bytes, "lost", 4) != 0)
		return size;
	errno = EPIPE;
	return -1;
}

int openat(int directory, const char *path, int flags, ...)
{
	static int (*next)(int, const char *, int);
	const char *forbidden = getenv("FORBID");

	if (!next)
		*(void **)&next = dlsym(RTLD_NEXT, "openat64");
	if (!forbidden || strcmp(path, forbidden) != 0)
		return next(directory, path, flags);
	errno = EPERM;
	return -1;
}
