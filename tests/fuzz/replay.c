// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * replay CORPUS [DIRECTORY...]: what a fuzzer has kept, an input a line in base64, and
 * the files of directories, through its target, whatever the compiler: each test run does
 * that.
 */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "fuzz.h"

const unsigned int fuzz_share = 1;

static int digit_of(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* In place; how many bytes. */
static size_t decode(char *line)
{
	unsigned int bits = 0, count = 0;
	size_t size = 0;

	for (const char *at = line; digit_of(*at) >= 0; at++) {
		bits = bits << 6 | (unsigned int)digit_of(*at);
		count += 6;
		if (count < 8)
			continue;
		count -= 8;
		line[size++] = (char)(bits >> count & 0xff);
	}
	return size;
}

static size_t replay_corpus(const char *path)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t room = 0, runs = 0;

	if (!file) {
		perror(path);
		return 0;
	}
	for (; getline(&line, &room, file) > 0; runs++) {
		size_t size = decode(line);

		LLVMFuzzerTestOneInput((const uint8_t *)line, size);
	}
	free(line);
	fclose(file);
	return runs;
}

static void replay_file(const char *path)
{
	FILE *file = fopen(path, "re");
	char *text = NULL;
	size_t room = 0;
	ssize_t size = file ? getdelim(&text, &room, '\0', file) : -1;

	if (size > 0)
		LLVMFuzzerTestOneInput((const uint8_t *)text, (size_t)size);
	free(text);
	if (file)
		fclose(file);
}

static size_t replay_directory(const char *path)
{
	DIR *directory = opendir(path);
	size_t runs = 0;

	if (!directory)
		perror(path);
	for (struct dirent *entry; directory && (entry = readdir(directory));) {
		char *name = NULL;

		if (*entry->d_name == '.' ||
		    asprintf(&name, "%s/%s", path, entry->d_name) < 0)
			continue;
		replay_file(name);
		free(name);
		runs++;
	}
	if (directory)
		closedir(directory);
	return runs;
}

int main(int argc, char **argv)
{
	size_t runs;

	if (argc < 2 || LLVMFuzzerInitialize(&argc, &argv) != 0)
		return 2;
	runs = replay_corpus(argv[1]);
	for (int i = 2; i < argc && runs > 0; i++) {
		size_t more = replay_directory(argv[i]);

		runs = more > 0 ? runs + more : 0;
	}
	printf("%zu inputs\n", runs);
	return runs > 0 ? 0 : 1;
}
