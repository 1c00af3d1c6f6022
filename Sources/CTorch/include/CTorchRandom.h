// SPDX-License-Identifier: Apache-2.0
//
// Random generators with their states.
#ifndef CXR_CTORCH_RANDOM_H
#define CXR_CTORCH_RANDOM_H

#include "CTorchTensors.h"

#pragma clang assume_nonnull begin

/// A counted reference to a generator of one device.
typedef struct cxr_generator cxr_generator;

typedef struct {
  /// Seeds the generators that operators use when they are given none, on every device.
  char *_Nullable (*_Nonnull seed_all)(uint64_t seed);
  char *_Nullable (*_Nonnull make)(
      int8_t device_type, int8_t device_index, uint64_t seed,
      cxr_generator *_Nullable *_Nonnull result);
  /// The generator that a device's operators use when they are given none.
  char *_Nullable (*_Nonnull shared)(
      int8_t device_type, int8_t device_index, cxr_generator *_Nullable *_Nonnull result);
  void (*_Nonnull release)(cxr_generator *generator);
  /// The state as a tensor of bytes.
  char *_Nullable (*_Nonnull state)(
      cxr_generator *generator, cxr_tensor *_Nullable *_Nonnull result);
  char *_Nullable (*_Nonnull set_state)(cxr_generator *generator, cxr_tensor *state);
} cxr_torch_random;

#pragma clang assume_nonnull end
#endif
