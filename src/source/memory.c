// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reserved memory of a device: memory-region of its device tree node holds phandles,
 * to be matched with those below reserved-memory/ (by phandle, never by node name). It is
 * recorded as text, one line for each region in order of its index:
 *   NODE BASE SIZE [shared-dma-pool] [restricted-dma-pool] [disabled] [no-map] [reusable]
 *   [as:NAME]
 * An empty attribute says that the node names no region.
 */

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>

#include "buffer.h"
#include "gather.h"
#include "sysfs.h"

static uint32_t cell(const char *bytes)
{
	uint32_t big;

	memcpy(&big, bytes, sizeof(big));
	return be32toh(big);
}

/* The number in so many cells at bytes. */
static uint64_t cells(const char *bytes, uint32_t count)
{
	uint64_t value = 0;

	for (uint32_t i = 0; i < count; i++)
		value = value << 32 | cell(bytes + 4 * (size_t)i);
	return value;
}

static uint32_t read_cell(int directory, const char *name, uint32_t otherwise)
{
	_cleanup_free_ char *bytes = NULL;
	size_t size;

	if (sysfs_read_raw(directory, name, &bytes, &size) < 0 || size < 4)
		return otherwise;
	return cell(bytes);
}

static bool has_text(int directory, const char *name, const char *wanted)
{
	_cleanup_free_ char *bytes = NULL;
	size_t size;

	return sysfs_read_raw(directory, name, &bytes, &size) == 0 &&
	       memmem(bytes, size, wanted, strlen(wanted));
}

static void write_range(FILE *out, int reserved, int node)
{
	uint32_t address = read_cell(reserved, "#address-cells", 2);
	uint32_t length = read_cell(reserved, "#size-cells", 2);
	_cleanup_free_ char *bytes = NULL;
	size_t size;

	if (address > 2 || length > 2 || sysfs_read_raw(node, "reg", &bytes, &size) < 0 ||
	    size < 4 * (size_t)(address + length)) {
		fputs(" ? ?", out);
		return;
	}
	fprintf(out, " 0x%llx 0x%llx", (unsigned long long)cells(bytes, address),
		(unsigned long long)cells(bytes + 4 * (size_t)address, length));
}

/* of_device_is_available(): okay, ok, or no status at all. */
static bool is_disabled(int node)
{
	_cleanup_free_ char *status = NULL;
	size_t size;

	return sysfs_read_raw(node, "status", &status, &size) == 0 &&
	       strcmp(status, "okay") != 0 && strcmp(status, "ok") != 0;
}

static void write_region(FILE *out, int reserved, int node, const char *name)
{
	fputs(name, out);
	write_range(out, reserved, node);
	if (has_text(node, "compatible", "shared-dma-pool"))
		fputs(" shared-dma-pool", out);
	if (has_text(node, "compatible", "restricted-dma-pool"))
		fputs(" restricted-dma-pool", out);
	if (is_disabled(node))
		fputs(" disabled", out);
	if (faccessat(node, "no-map", F_OK, 0) == 0)
		fputs(" no-map", out);
	if (faccessat(node, "reusable", F_OK, 0) == 0)
		fputs(" reusable", out);
}

/* Finds the reserved-memory node with that phandle and writes it. */
static int write_phandle(FILE *out, struct reading *reading, int reserved,
			 uint32_t phandle)
{
	int copy = sysfs_open(reserved, ".", O_DIRECTORY);
	_cleanup_entries_ DIR *entries = NULL;
	const struct dirent *entry;
	int error = 0, r = copy < 0 ? copy : sysfs_list(copy, &entries);

	while (r == 0 && (entry = sysfs_next(entries, &error))) {
		_cleanup_close_ int node = -1;

		if (entry->d_type == DT_REG)
			continue;
		node = sysfs_open(reserved, entry->d_name, O_DIRECTORY | O_NOFOLLOW);
		if (node < 0 || read_cell(node, "phandle", 0) != phandle)
			continue;
		write_region(out, reserved, node, entry->d_name);
		return 0;
	}
	fprintf(out, "phandle-%u ? ?", phandle);
	r = r < 0 ? r : error;
	return r < 0 && reserved >= 0 ? read_failed(reading, r, PATH_RESERVED, NULL) : 0;
}

/* The next of the strings in a list property, NULL after the last. */
static const char *next_name(const char **at, const char *end)
{
	const char *name = *at;

	if (!name || name >= end || !memchr(name, '\0', (size_t)(end - name)))
		return NULL;
	*at = name + strlen(name) + 1;
	return *name && !strpbrk(name, " \n") ? name : NULL;
}

static int write_regions(FILE *out, struct reading *reading, int of_node, int reserved,
			 const char *phandles, size_t size)
{
	_cleanup_free_ char *names = NULL;
	size_t names_size = 0;
	const char *at, *end;
	int r = 0;

	if (sysfs_read_raw(of_node, "memory-region-names", &names, &names_size) < 0)
		names_size = 0;
	at = names;
	end = names ? names + names_size : NULL;
	for (size_t i = 0; r == 0 && i + 4 <= size; i += 4) {
		const char *name;

		r = write_phandle(out, reading, reserved, cell(phandles + i));
		name = next_name(&at, end);
		fprintf(out, "%s%s%s", name ? " as:" : "", name ? name : "",
			i + 8 <= size ? "\n" : "");
	}
	return r;
}

/* The phandles of a node; none where it names no region. */
static int read_phandles(struct reading *reading, int of_node, const char *path,
			 char **ret, size_t *ret_size)
{
	int r = sysfs_read_raw(of_node, "memory-region", ret, ret_size);

	return r < 0 ? read_failed(reading, r, path, "memory-region") : 0;
}

static int record_regions(struct reading *reading, struct record *record, int of_node,
			  const char *phandles, size_t size)
{
	_cleanup_close_ int reserved =
		size > 0 ? paths_open(reading->paths, PATH_RESERVED, O_DIRECTORY) : -1;
	_cleanup_buffer_ struct buffer buffer = { 0 };
	_cleanup_free_ char *text = NULL;
	size_t text_size = 0;
	int r = size > 0 && reserved < 0
			? read_failed(reading, reserved, PATH_RESERVED, NULL)
			: 0;

	if (r == 0)
		r = buffer_open(&buffer);
	if (r == 0)
		r = write_regions(buffer.out, reading, of_node, reserved, phandles, size);
	if (r == 0)
		r = buffer_take(&buffer, &text, &text_size);
	return r < 0 ? r
		     : record_add_attribute(record, FACT_MEMORY_REGION, text, text_size);
}

int memory_record(struct reading *reading, struct record *record)
{
	_cleanup_close_ int of_node = -1;
	_cleanup_free_ char *phandles = NULL;
	char path[PATH_MAX];
	size_t size = 0;
	int r;

	if (snprintf(path, sizeof(path), PATH_SYS "%s/of_node", record->path) >=
	    (int)sizeof(path))
		return 0;
	of_node = paths_open(reading->paths, path, O_DIRECTORY);
	if (of_node < 0)
		return read_failed(reading, of_node, path, NULL);
	r = read_phandles(reading, of_node, path, &phandles, &size);
	return r < 0 ? r : record_regions(reading, record, of_node, phandles, size);
}
