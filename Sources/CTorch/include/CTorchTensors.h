// SPDX-License-Identifier: Apache-2.0
//
// Tensors: what they are, where their elements lie, and how they come from memory.
#ifndef CXR_CTORCH_TENSORS_H
#define CXR_CTORCH_TENSORS_H

#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// A counted reference to a tensor.
typedef struct cxr_tensor cxr_tensor;

/// What a tensor is. The pointers live as long as the tensor keeps its shape.
typedef struct {
  /// libtorch's number of the element type.
  int8_t scalar_type;
  /// libtorch's number of the kind of device: 0 for the processor, 1 for CUDA.
  int8_t device_type;
  /// The device among those of its kind, or -1 where there is only one.
  int8_t device_index;
  bool requires_gradient;
  bool is_contiguous;
  int64_t rank;
  const int64_t *_Nullable sizes;
  const int64_t *_Nullable strides;
  int64_t element_count;
  /// The first element, in the memory of the tensor's device; NULL if there is none.
  void *_Nullable data;
} cxr_tensor_info;

typedef struct {
  /// Takes another reference.
  void (*_Nonnull retain)(cxr_tensor *tensor);
  /// Gives a reference back.
  void (*_Nonnull release)(cxr_tensor *tensor);
  cxr_tensor_info (*_Nonnull describe)(cxr_tensor *tensor);
  /// A tensor of the processor's memory with a copy of the bytes, in row-major order.
  char *_Nullable (*_Nonnull copy_bytes)(
      const void *_Nullable bytes, int64_t byte_count, int8_t scalar_type,
      const int64_t *_Nullable sizes, int64_t rank, cxr_tensor *_Nullable *_Nonnull result);
} cxr_torch_tensors;

#pragma clang assume_nonnull end
#endif
