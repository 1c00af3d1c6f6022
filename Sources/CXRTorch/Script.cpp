// SPDX-License-Identifier: Apache-2.0
#if CXR_TORCH
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include "Torch.hpp"

namespace {

torch::jit::Module &module(cxr_script *script) {
  return *reinterpret_cast<torch::jit::Module *>(script);
}

char *load(const char *path, int8_t type, int8_t index, cxr_script **result) {
  return cxr::caught([&] {
    auto loaded = torch::jit::load(path, cxr::device(type, index));
    loaded.eval();
    *result = reinterpret_cast<cxr_script *>(new torch::jit::Module(std::move(loaded)));
  });
}

void release(cxr_script *script) { delete &module(script); }

char *call(
    cxr_script *script, cxr_tensor *const *inputs, int64_t inputCount, cxr_tensor **result) {
  return cxr::caught([&] {
    std::vector<c10::IValue> values;
    values.reserve(inputCount);
    for (int64_t i = 0; i < inputCount; ++i) values.emplace_back(cxr::borrowed(inputs[i]));
    auto output = module(script).forward(std::move(values));
    TORCH_CHECK(output.isTensor(), "the module gives ", output.tagKind(), ", not a tensor");
    *result = cxr::given(std::move(output).toTensor());
  });
}

}  // namespace

cxr_torch_script cxr::script() { return {.load = load, .release = release, .call = call}; }

#endif
