// SPDX-License-Identifier: Apache-2.0
//
// Calls a function of the caller from within libtorch.
#ifndef CXR_SEGMENT_HPP
#define CXR_SEGMENT_HPP

#include <string>
#include <vector>

#include "Torch.hpp"

namespace cxr {

/// The results of a function; throws its words if it failed.
inline std::vector<at::Tensor> called(
    cxr_segment function, void *context, at::TensorList inputs) {
  std::vector<cxr_tensor *> handles;
  handles.reserve(inputs.size());
  for (const auto &input : inputs) {
    handles.push_back(reinterpret_cast<cxr_tensor *>(input.unsafeGetTensorImpl()));
  }
  constexpr int64_t capacity = 16;
  cxr_tensor *results[capacity] = {};
  int64_t count = 0;
  char *failure = function(
      context, handles.data(), static_cast<int64_t>(handles.size()), results, capacity, &count);
  std::vector<at::Tensor> outputs;
  for (int64_t i = 0; i < count; ++i) {
    outputs.emplace_back(
        c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(
            reinterpret_cast<at::TensorImpl *>(results[i])));
  }
  if (failure) {
    const std::string words = failure;
    std::free(failure);
    TORCH_CHECK(false, words);
  }
  return outputs;
}

}  // namespace cxr

#endif
