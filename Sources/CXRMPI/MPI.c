// SPDX-License-Identifier: Apache-2.0
#include "CMPI.h"

#if CXR_MPI
#include <mpi.h>
#include <string.h>

/// MPI counts in int; longer arrays go in parts.
static const int64_t longest_part = 1 << 28;

/// MPI's words for a failure; NULL for none.
static char *words(int code) {
  if (code == MPI_SUCCESS) return NULL;
  char text[MPI_MAX_ERROR_STRING];
  int length = 0;
  if (MPI_Error_string(code, text, &length) != MPI_SUCCESS) return strdup("an error without words");
  return strndup(text, (size_t)length);
}

static char *join(int64_t *rank, int64_t *count) {
  // On an accelerator gradients are worked out by another thread than the caller's, which waits.
  int level = 0;
  int code = MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &level);
  if (code != MPI_SUCCESS) return words(code);
  if (level < MPI_THREAD_SERIALIZED) return strdup("this MPI allows one thread only");
  MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  int own = 0, all = 1;
  code = MPI_Comm_rank(MPI_COMM_WORLD, &own);
  if (code == MPI_SUCCESS) code = MPI_Comm_size(MPI_COMM_WORLD, &all);
  *rank = own;
  *count = all;
  return words(code);
}

static char *sum(void *values, int64_t count, MPI_Datatype type, size_t width) {
  int code = MPI_SUCCESS;
  for (int64_t start = 0; start < count && code == MPI_SUCCESS; start += longest_part) {
    const int64_t left = count - start;
    code = MPI_Allreduce(
        MPI_IN_PLACE, (char *)values + (size_t)start * width,
        (int)(left < longest_part ? left : longest_part), type, MPI_SUM, MPI_COMM_WORLD);
  }
  return words(code);
}

static char *sum_floats(float *values, int64_t count) {
  return sum(values, count, MPI_FLOAT, sizeof(float));
}

static char *sum_doubles(double *values, int64_t count) {
  return sum(values, count, MPI_DOUBLE, sizeof(double));
}

static char *broadcast(void *bytes, int64_t count) {
  int code = MPI_SUCCESS;
  for (int64_t start = 0; start < count && code == MPI_SUCCESS; start += longest_part) {
    const int64_t left = count - start;
    code = MPI_Bcast(
        (char *)bytes + start, (int)(left < longest_part ? left : longest_part), MPI_BYTE, 0,
        MPI_COMM_WORLD);
  }
  return words(code);
}

static char *wait_for_all(void) { return words(MPI_Barrier(MPI_COMM_WORLD)); }

static void leave(void) { MPI_Finalize(); }

static void end_all(int32_t status) { MPI_Abort(MPI_COMM_WORLD, status); }

const cxr_mpi *cxr_mpi_library(void);

const cxr_mpi *cxr_mpi_library(void) {
  static const cxr_mpi library = {
      .size = sizeof(cxr_mpi),
      .join = join,
      .sum_floats = sum_floats,
      .sum_doubles = sum_doubles,
      .broadcast = broadcast,
      .wait = wait_for_all,
      .leave = leave,
      .abort = end_all,
  };
  return &library;
}

#else

const cxr_mpi *cxr_mpi_library(void);

const cxr_mpi *cxr_mpi_library(void) { return NULL; }

#endif
