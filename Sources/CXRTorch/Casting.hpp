// SPDX-License-Identifier: Apache-2.0
//
// The casting of operands to a narrower type on the calling thread.
#ifndef CXR_CASTING_HPP
#define CXR_CASTING_HPP

#include <ATen/autocast_mode.h>

namespace cxr {

/// The casting that is in force for a kind of device when the object is made.
struct Casting {
  c10::DeviceType device;
  bool isEnabled;
  at::ScalarType type;

  explicit Casting(c10::DeviceType device)
      : device(device),
        isEnabled(at::autocast::is_autocast_enabled(device)),
        type(at::autocast::get_autocast_dtype(device)) {}

  /// Puts it in force again.
  void apply() const {
    at::autocast::set_autocast_enabled(device, isEnabled);
    at::autocast::set_autocast_dtype(device, type);
  }
};

}  // namespace cxr

#endif
