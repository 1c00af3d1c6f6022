// SPDX-License-Identifier: Apache-2.0
//
// libtorch as C: one table of functions, which a shared library of its own gives (target CXRTorch).
// It is loaded when the first tensor is made, because libtorch takes a third of a second and 100 MB,
// which most verbs do not need.
//
// No exception leaves a function. One that can fail returns NULL when it succeeded and otherwise
// libtorch's message, which the caller frees with free(3).
#ifndef CXR_CTORCH_H
#define CXR_CTORCH_H

#include <stddef.h>
#include <stdint.h>

#include "CTorchAutograd.h"
#include "CTorchDevices.h"
#include "CTorchOperators.h"
#include "CTorchRandom.h"
#include "CTorchScript.h"
#include "CTorchTensors.h"

#pragma clang assume_nonnull begin

/// Everything that this project asks of libtorch.
typedef struct {
  /// The bytes of this table, by which a library of another build is told.
  size_t size;
  /// The release whose headers were compiled, such as 2.13.0.
  const char *version;
  /// The release that was loaded, as an integer with a byte for each number from the highest on.
  uint64_t (*loaded_version)(void);
  cxr_torch_operators operators;
  cxr_torch_tensors tensors;
  cxr_torch_autograd autograd;
  cxr_torch_random random;
  cxr_torch_devices devices;
  cxr_torch_script script;
} cxr_torch;

/// The type of the one function that is looked for; it gives NULL in a build without libtorch.
typedef const cxr_torch *_Nullable (*cxr_torch_entry)(void);

/// The name of that function.
#define CXR_TORCH_ENTRY "cxr_torch_library"

#pragma clang assume_nonnull end
#endif
