// SPDX-License-Identifier: Apache-2.0
#if CXR_TORCH
#include <ATen/Context.h>
#include <ATen/core/Generator.h>

#include "Torch.hpp"

namespace {

at::Generator borrowed(cxr_generator *generator) {
  return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(
      reinterpret_cast<c10::GeneratorImpl *>(generator)));
}

cxr_generator *given(const at::Generator &generator) {
  auto counted = generator.getIntrusivePtr();
  return reinterpret_cast<cxr_generator *>(counted.release());
}

char *seedAll(uint64_t seed) {
  return cxr::caught([&] { at::manual_seed(seed); });
}

char *shared(int8_t type, int8_t index, cxr_generator **result) {
  return cxr::caught(
      [&] { *result = given(at::globalContext().defaultGenerator(cxr::device(type, index))); });
}

char *make(int8_t type, int8_t index, uint64_t seed, cxr_generator **result) {
  return cxr::caught([&] {
    // A clone's kind is the device's own, and no header of the device is needed for it.
    auto generator = at::globalContext().defaultGenerator(cxr::device(type, index)).clone();
    generator.set_current_seed(seed);
    *result = given(generator);
  });
}

void release(cxr_generator *generator) {
  c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(
      reinterpret_cast<c10::GeneratorImpl *>(generator));
}

char *state(cxr_generator *generator, cxr_tensor **result) {
  return cxr::caught([&] { *result = cxr::given(borrowed(generator).get_state()); });
}

char *setState(cxr_generator *generator, cxr_tensor *state) {
  return cxr::caught([&] { borrowed(generator).set_state(cxr::borrowed(state)); });
}

}  // namespace

cxr_torch_random cxr::random() {
  return {
      .seed_all = seedAll,
      .make = make,
      .shared = shared,
      .release = release,
      .state = state,
      .set_state = setState,
  };
}

#endif
