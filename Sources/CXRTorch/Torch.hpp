// SPDX-License-Identifier: Apache-2.0
//
// What the parts of this target share.
#ifndef CXR_TORCH_HPP
#define CXR_TORCH_HPP

#include <ATen/core/Tensor.h>

#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>
#include <utility>

#include "CTorch.h"

namespace cxr {

cxr_torch_operators operators();
cxr_torch_tensors tensors();
cxr_torch_autograd autograd();
cxr_torch_random random();
cxr_torch_devices devices();
cxr_torch_script script();

/// The functions of the table of that name, which have files of their own.
char *derive(
    cxr_tensor *value, cxr_tensor *const *inputs, int64_t inputCount, cxr_segment segment,
    void *context, void (*release)(void *context), cxr_tensor **result);
char *recompute(
    cxr_segment function, void *context, void (*release)(void *context),
    cxr_tensor *const *inputs, int64_t inputCount, cxr_tensor **results, int64_t capacity,
    int64_t *resultCount);

/// A copy that the caller frees.
inline char *text(const std::string &words) {
  auto *copy = static_cast<char *>(std::malloc(words.size() + 1));
  if (copy != nullptr) std::memcpy(copy, words.c_str(), words.size() + 1);
  return copy;
}

/// Runs a body and gives what it throws as words, without libtorch's trace of calls.
template <typename Body>
char *caught(Body &&body) {
  try {
    body();
    return nullptr;
  } catch (const c10::Error &error) {
    return text(error.what_without_backtrace());
  } catch (const std::exception &error) {
    return text(error.what());
  } catch (...) {
    return text("an exception without words");
  }
}

/// A tensor that stays the caller's.
inline at::Tensor borrowed(cxr_tensor *tensor) {
  return at::Tensor(
      c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim_copy(
          reinterpret_cast<at::TensorImpl *>(tensor)));
}

/// A tensor that becomes the caller's; NULL for an undefined one.
inline cxr_tensor *given(at::Tensor tensor) {
  if (!tensor.defined()) return nullptr;
  return reinterpret_cast<cxr_tensor *>(tensor.unsafeReleaseTensorImpl());
}

inline c10::Device device(int8_t type, int8_t index) {
  return {static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index)};
}

}  // namespace cxr

#endif
