// SPDX-License-Identifier: Apache-2.0
#if CXR_TORCH
#include <ATen/Context.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/Generator.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include <memory>
#include <vector>

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

/// The states of the generators that operators on the inputs' devices draw from.
class GeneratorStates {
 public:
  explicit GeneratorStates(const variable_list &inputs) {
    keep(at::kCPU);
    for (const auto &input : inputs) {
      if (!input.device().is_cpu()) keep(input.device());
    }
  }

  void restore() const {
    for (auto [generator, state] : states) generator.set_state(state);
  }

 private:
  std::vector<std::pair<at::Generator, at::Tensor>> states;

  void keep(c10::Device device) {
    for (const auto &[generator, state] : states) {
      if (generator.device() == device) return;
    }
    auto generator = at::globalContext().defaultGenerator(device);
    states.emplace_back(generator, generator.get_state());
  }
};

/// The casting that was in force when a segment first ran.
struct Casting {
  c10::DeviceType device;
  bool isEnabled;
  at::ScalarType type;

  explicit Casting(c10::DeviceType device)
      : device(device),
        isEnabled(at::autocast::is_autocast_enabled(device)),
        type(at::autocast::get_autocast_dtype(device)) {}

  void apply() const {
    at::autocast::set_autocast_enabled(device, isEnabled);
    at::autocast::set_autocast_dtype(device, type);
  }
};

/// A function of the caller with what it needs to run again.
class Segment : public torch::CustomClassHolder {
 public:
  Segment(cxr_segment function, void *context, void (*release)(void *))
      : function(function), context(context), releaseContext(release) {}
  ~Segment() override { releaseContext(context); }
  Segment(const Segment &) = delete;
  Segment &operator=(const Segment &) = delete;

  variable_list run(const variable_list &inputs) const {
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
    variable_list outputs;
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

 private:
  cxr_segment function;
  void *context;
  void (*releaseContext)(void *);
};

struct Recomputation : torch::autograd::Function<Recomputation> {
  static variable_list forward(
      torch::autograd::AutogradContext *context, c10::intrusive_ptr<Segment> segment,
      std::shared_ptr<GeneratorStates> states, std::shared_ptr<Casting> casting,
      const variable_list &inputs) {
    context->save_for_backward(inputs);
    context->saved_data["segment"] = c10::IValue::make_capsule(segment);
    context->saved_data["states"] = c10::IValue::make_capsule(
        c10::make_intrusive<Kept<GeneratorStates>>(std::move(states)));
    context->saved_data["casting"] =
        c10::IValue::make_capsule(c10::make_intrusive<Kept<Casting>>(std::move(casting)));
    return segment->run(inputs);
  }

  static variable_list backward(
      torch::autograd::AutogradContext *context, const variable_list &gradients) {
    auto segment = c10::static_intrusive_pointer_cast<Segment>(
        context->saved_data["segment"].toCapsule());
    auto states = c10::static_intrusive_pointer_cast<Kept<GeneratorStates>>(
        context->saved_data["states"].toCapsule());
    auto casting = c10::static_intrusive_pointer_cast<Kept<Casting>>(
        context->saved_data["casting"].toCapsule());

    variable_list inputs;
    for (const auto &saved : context->get_saved_variables()) {
      inputs.push_back(saved.detach().requires_grad_(saved.requires_grad()));
    }
    const GeneratorStates present(inputs);
    const Casting current(casting->value->device);
    states->value->restore();
    casting->value->apply();
    variable_list outputs;
    {
      const c10::AutoGradMode recording(true);
      outputs = segment->run(inputs);
    }
    present.restore();
    current.apply();

    variable_list roots, seeds;
    for (size_t i = 0; i < outputs.size(); ++i) {
      if (outputs[i].requires_grad() && gradients[i].defined()) {
        roots.push_back(outputs[i]);
        seeds.push_back(gradients[i]);
      }
    }
    if (!roots.empty()) torch::autograd::backward(roots, seeds);
    // The first three arguments of forward are not tensors.
    variable_list results(3);
    for (const auto &input : inputs) results.push_back(input.grad());
    return results;
  }

 private:
  template <typename Value>
  struct Kept : torch::CustomClassHolder {
    std::shared_ptr<Value> value;
    explicit Kept(std::shared_ptr<Value> value) : value(std::move(value)) {}
  };
};

char *recompute(
    cxr_segment function, void *context, void (*release)(void *), cxr_tensor *const *inputs,
    int64_t inputCount, cxr_tensor **results, int64_t capacity, int64_t *resultCount) {
  auto segment = c10::make_intrusive<Segment>(function, context, release);
  *resultCount = 0;
  return cxr::caught([&] {
    variable_list values;
    for (int64_t i = 0; i < inputCount; ++i) values.push_back(cxr::borrowed(inputs[i]));
    TORCH_CHECK(!values.empty(), "a segment needs an input");
    auto states = std::make_shared<GeneratorStates>(values);
    auto casting = std::make_shared<Casting>(values[0].device().type());
    auto outputs = Recomputation::apply(segment, states, casting, values);
    TORCH_CHECK(
        static_cast<int64_t>(outputs.size()) <= capacity, "more than ", capacity, " results");
    for (auto &output : outputs) results[(*resultCount)++] = cxr::given(std::move(output));
  });
}

void enterAutocast(int8_t deviceType, int8_t scalarType) {
  const auto device = static_cast<c10::DeviceType>(deviceType);
  at::autocast::set_autocast_enabled(device, true);
  at::autocast::set_autocast_dtype(device, static_cast<at::ScalarType>(scalarType));
  at::autocast::increment_nesting();
}

void leaveAutocast(int8_t deviceType) {
  // The cache holds weights in the narrow type; they are stale once the optimiser has stepped.
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  at::autocast::set_autocast_enabled(static_cast<c10::DeviceType>(deviceType), false);
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
      .recompute = recompute,
      .enter_autocast = enterAutocast,
      .leave_autocast = leaveAutocast,
  };
}

#endif
