// SPDX-License-Identifier: Apache-2.0
//
// Networks saved as TorchScript.
#ifndef CXR_CTORCH_SCRIPT_H
#define CXR_CTORCH_SCRIPT_H

#include "CTorchTensors.h"

#pragma clang assume_nonnull begin

/// A TorchScript module.
typedef struct cxr_script cxr_script;

typedef struct {
  char *_Nullable (*_Nonnull load)(
      const char *path, int8_t device_type, int8_t device_index,
      cxr_script *_Nullable *_Nonnull result);
  void (*_Nonnull release)(cxr_script *script);
  /// Runs `forward` on tensors; the result must be one tensor.
  char *_Nullable (*_Nonnull call)(
      cxr_script *script, cxr_tensor *_Nonnull const *_Nonnull inputs, int64_t input_count,
      cxr_tensor *_Nullable *_Nonnull result);
} cxr_torch_script;

#pragma clang assume_nonnull end
#endif
