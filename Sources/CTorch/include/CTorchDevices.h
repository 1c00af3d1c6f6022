// SPDX-License-Identifier: Apache-2.0
//
// Threads, accelerators and the process-wide switches of libtorch.
#ifndef CXR_CTORCH_DEVICES_H
#define CXR_CTORCH_DEVICES_H

#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// A switch of the whole process; all are off at first.
typedef enum __attribute__((enum_extensibility(closed))) {
  /// Take algorithms whose results do not differ from run to run, and refuse operators without one.
  cxr_switch_deterministic,
  /// Let matrix products and convolutions of float32 use TF32 on CUDA.
  cxr_switch_tf32,
  /// Try cuDNN's algorithms and keep the fastest for each shape.
  cxr_switch_benchmark,
} cxr_switch;

/// The memory of an NVIDIA device's caching allocator, in bytes.
typedef struct {
  int64_t allocated;
  int64_t peak_allocated;
  int64_t reserved;
} cxr_device_memory;

typedef struct {
  /// Loads libtorch_cuda from the folder of the libtorch in use; NULL when it is there and works.
  char *_Nullable (*_Nonnull load_cuda)(void);
  /// The folder that the libtorch in use was loaded from, malloc'd; NULL if it cannot be told.
  char *_Nullable (*_Nonnull library_folder)(void);
  /// How many devices of a kind work: CUDA's are 0 before it is loaded.
  int64_t (*_Nonnull count)(int8_t device_type);
  /// Waits for the work given to a device.
  char *_Nullable (*_Nonnull synchronize)(int8_t device_type, int8_t device_index);
  /// What an NVIDIA device's memory is used for.
  char *_Nullable (*_Nonnull memory)(int8_t device_index, cxr_device_memory *result);
  /// Lets the peak of an NVIDIA device's memory begin anew.
  char *_Nullable (*_Nonnull reset_peak_memory)(int8_t device_index);
  /// The threads that one operator may use on the processor.
  int64_t (*_Nonnull thread_count)(void);
  void (*_Nonnull set_thread_count)(int64_t count);
  void (*_Nonnull set_switch)(cxr_switch which, bool value);
  /// libtorch's own account of how it was built, malloc'd.
  char *_Nonnull (*_Nonnull configuration)(void);
} cxr_torch_devices;

#pragma clang assume_nonnull end
#endif
