// SPDX-License-Identifier: Apache-2.0
#if CXR_TORCH
#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

#include <vector>

#include "Casting.hpp"
#include "Torch.hpp"

namespace {

using torch::autograd::variable_list;

char *setRequiresGradient(cxr_tensor *tensor, bool requiresGradient) {
  return cxr::caught([&] { cxr::borrowed(tensor).requires_grad_(requiresGradient); });
}

cxr_tensor *gradient(cxr_tensor *tensor) { return cxr::given(cxr::borrowed(tensor).grad()); }

char *setGradient(cxr_tensor *tensor, cxr_tensor *gradient) {
  return cxr::caught([&] {
    cxr::borrowed(tensor).mutable_grad() = gradient ? cxr::borrowed(gradient) : at::Tensor();
  });
}

char *backward(cxr_tensor *tensor, cxr_tensor *seed, bool keepsGraph) {
  return cxr::caught([&] {
    variable_list seeds;
    if (seed) seeds.push_back(cxr::borrowed(seed));
    torch::autograd::backward({cxr::borrowed(tensor)}, seeds, keepsGraph);
  });
}

cxr_inference *enterInference() {
  return reinterpret_cast<cxr_inference *>(new c10::InferenceMode(true));
}

void leaveInference(cxr_inference *inference) {
  delete reinterpret_cast<c10::InferenceMode *>(inference);
}

/// What was in force before each scope that the calling thread has open.
thread_local std::vector<cxr::Casting> outerCastings;

void enterAutocast(int8_t deviceType, int8_t scalarType) {
  const auto device = static_cast<c10::DeviceType>(deviceType);
  outerCastings.emplace_back(device);
  at::autocast::set_autocast_enabled(device, true);
  at::autocast::set_autocast_dtype(device, static_cast<at::ScalarType>(scalarType));
  at::autocast::increment_nesting();
}

void leaveAutocast(int8_t) {
  // The cache holds weights in the narrow type; they are stale once the optimiser has stepped.
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  outerCastings.back().apply();
  outerCastings.pop_back();
}

}  // namespace

cxr_torch_autograd cxr::autograd() {
  return {
      .set_requires_gradient = setRequiresGradient,
      .gradient = gradient,
      .set_gradient = setGradient,
      .backward = backward,
      .records_gradients = [] { return c10::GradMode::is_enabled(); },
      .set_records_gradients = [](bool records) { c10::GradMode::set_enabled(records); },
      .enter_inference = enterInference,
      .leave_inference = leaveInference,
      .recompute = cxr::recompute,
      .derive = cxr::derive,
      .enter_autocast = enterAutocast,
      .leave_autocast = leaveAutocast,
  };
}

#endif
