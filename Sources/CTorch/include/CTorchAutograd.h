// SPDX-License-Identifier: Apache-2.0
//
// Gradients, the modes of the calling thread, and recomputation.
#ifndef CXR_CTORCH_AUTOGRAD_H
#define CXR_CTORCH_AUTOGRAD_H

#include "CTorchTensors.h"

#pragma clang assume_nonnull begin

/// A scope without gradients or version counters on the thread that opened it.
typedef struct cxr_inference cxr_inference;

/// A function of tensors that libtorch calls.
///
/// Gives up to `capacity` results and their number, or a message made by malloc(3).
typedef char *_Nullable (*cxr_segment)(
    void *context, cxr_tensor *_Nonnull const *_Nonnull inputs, int64_t input_count,
    cxr_tensor *_Nullable *_Nonnull results, int64_t capacity, int64_t *result_count);

typedef struct {
  char *_Nullable (*_Nonnull set_requires_gradient)(cxr_tensor *tensor, bool requires_gradient);
  /// The accumulated gradient, the caller's to release; NULL if there is none.
  cxr_tensor *_Nullable (*_Nonnull gradient)(cxr_tensor *tensor);
  /// Replaces the accumulated gradient.
  char *_Nullable (*_Nonnull set_gradient)(cxr_tensor *tensor, cxr_tensor *_Nullable gradient);
  /// Adds the derivative of a tensor to the gradients of the leaves that it depends on.
  ///
  /// `seed` has the tensor's shape; NULL stands for 1, of a tensor with one element.
  char *_Nullable (*_Nonnull backward)(
      cxr_tensor *tensor, cxr_tensor *_Nullable seed, bool keeps_graph);
  bool (*_Nonnull records_gradients)(void);
  void (*_Nonnull set_records_gradients)(bool records);
  cxr_inference *_Nonnull (*_Nonnull enter_inference)(void);
  void (*_Nonnull leave_inference)(cxr_inference *inference);
  /// Runs a function without recording it, and again, recorded, when gradients are wanted.
  ///
  /// The state of the processor's generator, and of the devices' ones, is the same in both runs.
  /// `release` is called with `context` when the function can no longer be run.
  char *_Nullable (*_Nonnull recompute)(
      cxr_segment _Nonnull segment, void *context, void (*_Nonnull release)(void *context),
      cxr_tensor *_Nonnull const *_Nonnull inputs, int64_t input_count,
      cxr_tensor *_Nullable *_Nonnull results, int64_t capacity, int64_t *result_count);
  /// Records a result that was worked out without recording, as a function of some inputs.
  ///
  /// During the backward pass `segment` is given the derivative of the result and gives one for each
  /// input. `release` is called with `context` after that, or when it can no longer come to it.
  char *_Nullable (*_Nonnull derive)(
      cxr_tensor *value, cxr_tensor *_Nonnull const *_Nonnull inputs, int64_t input_count,
      cxr_segment _Nonnull segment, void *context, void (*_Nonnull release)(void *context),
      cxr_tensor *_Nullable *_Nonnull result);
  /// Lets eligible operators run in a narrower type on the calling thread until left.
  void (*_Nonnull enter_autocast)(int8_t device_type, int8_t scalar_type);
  void (*_Nonnull leave_autocast)(int8_t device_type);
} cxr_torch_autograd;

#pragma clang assume_nonnull end
#endif
