/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* /proc/config.gz needs zlib; without it only plain files can be read. */

#ifdef HAVE_ZLIB
#include <zlib.h>
#else
#include <stdio.h>

typedef FILE *gzFile;
#define gzopen(path, mode)       fopen(path, mode)
#define gzgets(file, line, size) fgets(line, size, file)
#define gzclose(file)            fclose(file)
#endif
