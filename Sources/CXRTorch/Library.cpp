// SPDX-License-Identifier: Apache-2.0
//
// The one function that is looked for by name.
#include "CTorch.h"

#if CXR_TORCH
#include <torch/csrc/inductor/aoti_torch/c/shim.h>
#include <torch/headeronly/version.h>

#include "Torch.hpp"

extern "C" const cxr_torch *cxr_torch_library() {
  static const cxr_torch library = {
      .size = sizeof(cxr_torch),
      .version = TORCH_VERSION,
      .loaded_version = aoti_torch_abi_version,
      .operators = cxr::operators(),
      .tensors = cxr::tensors(),
      .autograd = cxr::autograd(),
      .random = cxr::random(),
      .devices = cxr::devices(),
      .script = cxr::script(),
  };
  return &library;
}

#else

extern "C" const cxr_torch *cxr_torch_library() { return nullptr; }

#endif
