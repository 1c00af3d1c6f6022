// SPDX-License-Identifier: Apache-2.0
//
// OpenMPI as one table of functions, which a shared library of its own gives (target CXRMPI).
// It is loaded only by a process that a launcher started as one of several.
//
// A function that can fail returns NULL when it succeeded and otherwise MPI's message, which the
// caller frees with free(3). All are for one thread at a time.
#ifndef CXR_CMPI_H
#define CXR_CMPI_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Everything that this project asks of MPI.
typedef struct {
  /// The bytes of this table, by which a library of another build is told.
  size_t size;
  /// Joins the processes that were started together; once in a process.
  char *_Nullable (*_Nonnull join)(int64_t *rank, int64_t *count);
  /// Puts the sums over all ranks in the place of the values, the same bits in each.
  char *_Nullable (*_Nonnull sum_floats)(float *_Nullable values, int64_t count);
  char *_Nullable (*_Nonnull sum_doubles)(double *_Nullable values, int64_t count);
  /// Puts the bytes of rank 0 in the place of those of the others.
  char *_Nullable (*_Nonnull broadcast)(void *_Nullable bytes, int64_t count);
  /// Waits until every rank has come here.
  char *_Nullable (*_Nonnull wait)(void);
  /// Leaves; every rank does so before it ends.
  void (*_Nonnull leave)(void);
  /// Ends the processes of all ranks; a well-behaved MPI does not return.
  void (*_Nonnull abort)(int32_t status);
} cxr_mpi;

/// The type of the one function that is looked for; it gives NULL in a build without OpenMPI.
typedef const cxr_mpi *_Nullable (*cxr_mpi_entry)(void);

/// The name of that function.
#define CXR_MPI_ENTRY "cxr_mpi_library"

#pragma clang assume_nonnull end
#endif
