// SPDX-License-Identifier: Apache-2.0
#if CXR_TORCH
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

#include <utility>

#include "Segment.hpp"
#include "Torch.hpp"

namespace {

using torch::autograd::variable_list;

/// A result with the function that gives its derivatives.
class Derivation : public torch::CustomClassHolder {
 public:
  Derivation(at::Tensor value, cxr_segment function, void *context, void (*release)(void *))
      : value(std::move(value)), function(function), context(context), releaseContext(release) {}
  ~Derivation() override { finish(); }
  Derivation(const Derivation &) = delete;
  Derivation &operator=(const Derivation &) = delete;

  at::Tensor takeValue() { return std::move(value); }

  /// What the caller keeps for it is freed at once, as libtorch does with what it saves.
  variable_list run(const variable_list &gradients) {
    TORCH_CHECK(context != nullptr, "a derivative was asked for twice");
    auto results = cxr::called(function, context, gradients);
    finish();
    return results;
  }

 private:
  at::Tensor value;
  cxr_segment function;
  void *context;
  void (*releaseContext)(void *);

  void finish() {
    if (context != nullptr) releaseContext(std::exchange(context, nullptr));
  }
};

struct Derived : torch::autograd::Function<Derived> {
  static at::Tensor forward(
      torch::autograd::AutogradContext *context, c10::intrusive_ptr<Derivation> derivation,
      at::TensorList /*inputs*/) {
    context->saved_data["derivation"] = c10::IValue::make_capsule(derivation);
    return derivation->takeValue();
  }

  static variable_list backward(
      torch::autograd::AutogradContext *context, const variable_list &gradients) {
    auto derivation = c10::static_intrusive_pointer_cast<Derivation>(
        context->saved_data["derivation"].toCapsule());
    const c10::AutoGradMode recording(false);
    // The derivation is no tensor.
    variable_list results(1);
    for (auto &gradient : derivation->run(gradients)) results.push_back(std::move(gradient));
    return results;
  }
};

}  // namespace

char *cxr::derive(
    cxr_tensor *value, cxr_tensor *const *inputs, int64_t inputCount, cxr_segment segment,
    void *context, void (*release)(void *), cxr_tensor **result) {
  auto derivation =
      c10::make_intrusive<Derivation>(borrowed(value), segment, context, release);
  return cxr::caught([&] {
    variable_list values;
    for (int64_t i = 0; i < inputCount; ++i) values.push_back(borrowed(inputs[i]));
    *result = given(Derived::apply(derivation, at::TensorList(values)));
  });
}

#endif
