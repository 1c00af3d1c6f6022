// SPDX-License-Identifier: Apache-2.0
//
// What glibc declares only with _GNU_SOURCE, which Swift's Glibc module is built without.
#ifndef CXR_CLINUX_H
#define CXR_CLINUX_H

#include <malloc.h>

/// Renames, with flags; see renameat2(2).
int renameat2(
    int from_folder, const char *_Nonnull from, int to_folder, const char *_Nonnull to,
    unsigned int flags);

/// The two paths change places.
static const unsigned int cxr_rename_exchange = 2;

#endif
