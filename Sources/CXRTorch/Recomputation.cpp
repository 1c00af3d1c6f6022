// SPDX-License-Identifier: Apache-2.0
#if CXR_TORCH
#include <ATen/Context.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/empty.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "Casting.hpp"
#include "Segment.hpp"
#include "Torch.hpp"

namespace {

using torch::autograd::variable_list;

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

/// Keeps casts out of libtorch's cache while it exists.
///
/// A weight cast without recording would be found by the recorded run, which would then not reach
/// the weight; and one cast in the recorded run would be found after the weight has changed.
class UncachedCasting {
 public:
  UncachedCasting() { at::autocast::set_autocast_cache_enabled(false); }
  ~UncachedCasting() { at::autocast::set_autocast_cache_enabled(wasEnabled); }
  UncachedCasting(const UncachedCasting &) = delete;
  UncachedCasting &operator=(const UncachedCasting &) = delete;

 private:
  bool wasEnabled = at::autocast::is_autocast_cache_enabled();
};

/// Puts generators and casting back as they were when a segment first ran, while it exists.
class Replay {
 public:
  Replay(const GeneratorStates &states, const cxr::Casting &casting, const variable_list &inputs)
      : states(inputs), casting(casting.device) {
    states.restore();
    casting.apply();
  }
  ~Replay() {
    states.restore();
    casting.apply();
  }
  Replay(const Replay &) = delete;
  Replay &operator=(const Replay &) = delete;

 private:
  GeneratorStates states;
  cxr::Casting casting;
};

/// A function of the caller with what it needs to run again.
class Segment : public torch::CustomClassHolder {
 public:
  Segment(cxr_segment function, void *context, void (*release)(void *))
      : function(function), context(context), releaseContext(release) {}
  ~Segment() override { releaseContext(context); }
  Segment(const Segment &) = delete;
  Segment &operator=(const Segment &) = delete;

  variable_list run(at::TensorList inputs) const {
    const UncachedCasting uncached;
    return cxr::called(function, context, inputs);
  }

  /// Runs again with recording, in the conditions of the first run.
  variable_list replay(const variable_list &inputs) const {
    const Replay conditions(*states, *casting, inputs);
    const c10::AutoGradMode recording(true);
    return run(inputs);
  }

  /// Keeps the conditions of the first run, which is about to begin.
  void keepConditions(const variable_list &inputs) {
    states.emplace(inputs);
    casting.emplace(inputs[0].device().type());
  }

 private:
  cxr_segment function;
  void *context;
  void (*releaseContext)(void *);
  std::optional<GeneratorStates> states;
  std::optional<cxr::Casting> casting;
};

struct Recomputation : torch::autograd::Function<Recomputation> {
  // The anchor requires a gradient, so that the result does even if only weights inside the segment
  // do. Inputs in a TensorList are seen as such; those in a vector would be taken for constants.
  static variable_list forward(
      torch::autograd::AutogradContext *context, c10::intrusive_ptr<Segment> segment,
      const at::Tensor & /*anchor*/, at::TensorList inputs) {
    context->save_for_backward(inputs.vec());
    context->set_materialize_grads(false);
    context->saved_data["segment"] = c10::IValue::make_capsule(segment);
    return segment->run(inputs);
  }

  static variable_list backward(
      torch::autograd::AutogradContext *context, const variable_list &gradients) {
    auto segment = c10::static_intrusive_pointer_cast<Segment>(
        context->saved_data["segment"].toCapsule());
    variable_list inputs;
    for (const auto &saved : context->get_saved_variables()) {
      inputs.push_back(saved.detach().requires_grad_(saved.requires_grad()));
    }
    auto outputs = segment->replay(inputs);
    TORCH_CHECK(
        outputs.size() == gradients.size(), "a segment gave ", gradients.size(),
        " results and then ", outputs.size());
    variable_list roots, seeds;
    for (size_t i = 0; i < outputs.size(); ++i) {
      if (outputs[i].requires_grad() && gradients[i].defined()) {
        roots.push_back(outputs[i]);
        seeds.push_back(gradients[i]);
      }
    }
    if (!roots.empty()) torch::autograd::backward(roots, seeds);
    // The segment is no tensor, and the anchor has no use for a gradient.
    variable_list results(2);
    for (const auto &input : inputs) results.push_back(input.grad());
    return results;
  }
};

}  // namespace

char *cxr::recompute(
    cxr_segment function, void *context, void (*release)(void *), cxr_tensor *const *inputs,
    int64_t inputCount, cxr_tensor **results, int64_t capacity, int64_t *resultCount) {
  auto segment = c10::make_intrusive<Segment>(function, context, release);
  *resultCount = 0;
  return cxr::caught([&] {
    variable_list values;
    for (int64_t i = 0; i < inputCount; ++i) values.push_back(cxr::borrowed(inputs[i]));
    TORCH_CHECK(!values.empty(), "a segment needs an input");
    variable_list outputs;
    if (c10::GradMode::is_enabled()) {
      segment->keepConditions(values);
      const auto anchor = at::empty({0}).requires_grad_(true);
      outputs = Recomputation::apply(segment, anchor, at::TensorList(values));
    } else {
      outputs = segment->run(values);
    }
    TORCH_CHECK(
        static_cast<int64_t>(outputs.size()) <= capacity, "more than ", capacity, " results");
    for (auto &output : outputs) results[(*resultCount)++] = cxr::given(std::move(output));
  });
}

#endif
