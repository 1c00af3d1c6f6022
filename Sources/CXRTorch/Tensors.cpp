// SPDX-License-Identifier: Apache-2.0
#if CXR_TORCH
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include "Torch.hpp"

namespace {

at::TensorImpl *implementation(cxr_tensor *tensor) {
  return reinterpret_cast<at::TensorImpl *>(tensor);
}

void retain(cxr_tensor *tensor) { cxr::given(cxr::borrowed(tensor)); }

void release(cxr_tensor *tensor) {
  at::Tensor owned(
      c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(implementation(tensor)));
}

int64_t referenceCount(cxr_tensor *tensor) {
  return static_cast<int64_t>(cxr::borrowed(tensor).use_count()) - 1;
}

cxr_tensor_info describe(cxr_tensor *tensor) {
  auto held = cxr::borrowed(tensor);
  const auto device = held.device();
  return {
      .scalar_type = static_cast<int8_t>(held.scalar_type()),
      .device_type = static_cast<int8_t>(device.type()),
      .device_index = static_cast<int8_t>(device.index()),
      .requires_gradient = held.requires_grad(),
      .is_leaf = held.is_leaf(),
      .is_contiguous = held.is_contiguous(),
      .rank = held.dim(),
      .sizes = held.sizes().data(),
      .strides = held.strides().data(),
      .element_count = held.numel(),
      .data = held.has_storage() ? held.data_ptr() : nullptr,
  };
}

char *copyBytes(
    const void *bytes, int64_t byteCount, int8_t scalarType, const int64_t *sizes, int64_t rank,
    cxr_tensor **result) {
  return cxr::caught([&] {
    auto tensor =
        at::empty(at::IntArrayRef(sizes, rank), static_cast<at::ScalarType>(scalarType));
    TORCH_CHECK(
        static_cast<int64_t>(tensor.nbytes()) == byteCount, "a tensor of ", tensor.nbytes(),
        " bytes cannot be made of ", byteCount);
    if (byteCount > 0) std::memcpy(tensor.data_ptr(), bytes, byteCount);
    *result = cxr::given(std::move(tensor));
  });
}

char *borrowBytes(
    void *bytes, int8_t scalarType, const int64_t *sizes, int64_t rank,
    void (*release)(void *context), void *context, cxr_tensor **result) {
  bool isHandedOver = false;
  char *failure = cxr::caught([&] {
    auto tensor = at::for_blob(bytes, at::IntArrayRef(sizes, rank))
                      .deleter([release, context](void *) { release(context); })
                      .options(at::TensorOptions(static_cast<at::ScalarType>(scalarType)))
                      .make_tensor();
    isHandedOver = true;
    *result = cxr::given(std::move(tensor));
  });
  if (failure && !isHandedOver) release(context);
  return failure;
}

}  // namespace

cxr_torch_tensors cxr::tensors() {
  return {
      .retain = retain,
      .release = release,
      .reference_count = referenceCount,
      .describe = describe,
      .copy_bytes = copyBytes,
      .borrow_bytes = borrowBytes,
  };
}

#endif
