// SPDX-License-Identifier: Apache-2.0
#if CXR_TORCH
#include <ATen/ops/empty.h>

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

cxr_tensor_info describe(cxr_tensor *tensor) {
  auto held = cxr::borrowed(tensor);
  const auto device = held.device();
  return {
      .scalar_type = static_cast<int8_t>(held.scalar_type()),
      .device_type = static_cast<int8_t>(device.type()),
      .device_index = static_cast<int8_t>(device.index()),
      .requires_gradient = held.requires_grad(),
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

}  // namespace

cxr_torch_tensors cxr::tensors() {
  return {
      .retain = retain,
      .release = release,
      .describe = describe,
      .copy_bytes = copyBytes,
  };
}

#endif
