// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Loaded into the program: its first datagram is lost, and told as the kernel tells of
 * events that did not fit into the socket's queue.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <sys/socket.h>

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
