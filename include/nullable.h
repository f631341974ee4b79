/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Which functions may return NULL, and which parameters may not be NULL, for clang's
 * static analyzer: what it sees to be dereferenced or passed on without a look fails the
 * stage scan-build of .ci/run. Fields it does not follow: those only have their comment.
 * sure() is for a pointer that cannot be NULL where it stands; a comment says why.
 */

#ifdef __clang__
#define _nullable_ _Nullable
#define _nonnull_  _Nonnull
#else
#define _nullable_
#define _nonnull_
#endif

#define sure(pointer) ((__typeof__(*(pointer)) *_nonnull_)(pointer))
