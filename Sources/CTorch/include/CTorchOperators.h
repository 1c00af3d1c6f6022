// SPDX-License-Identifier: Apache-2.0
//
// Operators by name, with arguments and results as tagged values.
#ifndef CXR_CTORCH_OPERATORS_H
#define CXR_CTORCH_OPERATORS_H

#include "CTorchTensors.h"

#pragma clang assume_nonnull begin

/// An operator of libtorch's dispatcher; it lives as long as the process.
typedef struct cxr_operator cxr_operator;

typedef enum __attribute__((enum_extensibility(closed))) {
  /// The schema's default stands for the argument.
  cxr_value_default,
  cxr_value_none,
  /// `pointer` is a `cxr_tensor`.
  cxr_value_tensor,
  /// `pointer` is an array of `count` pointers to `cxr_tensor`, where NULL is an absent tensor.
  cxr_value_tensors,
  /// `integer`; also for element types, layouts and memory formats, by libtorch's number.
  cxr_value_integer,
  /// `pointer` is an array of `count` int64_t; 0 and 1 where truth values are asked for.
  cxr_value_integers,
  /// `number`.
  cxr_value_number,
  /// `pointer` is an array of `count` double.
  cxr_value_numbers,
  /// `integer` is 0 or 1.
  cxr_value_truth,
  /// `pointer` is `count` bytes of UTF-8.
  cxr_value_text,
  /// `integer` is the kind of device, `count` its index.
  cxr_value_device,
  /// `pointer` is a `cxr_generator`.
  cxr_value_generator,
} cxr_value_tag;

/// An argument, borrowed for the call, or a result, whose tensor is the caller's to release.
typedef struct {
  cxr_value_tag tag;
  int64_t integer;
  double number;
  const void *_Nullable pointer;
  int64_t count;
} cxr_value;

typedef struct {
  /// Finds an operator such as `aten::add` with overload `Tensor`.
  char *_Nullable (*_Nonnull find)(
      const char *name, const char *overload,
      const cxr_operator *_Nullable *_Nonnull result);
  /// Calls an operator; absent trailing arguments take the schema's defaults.
  ///
  /// Tuples and lists of tensors are given as one result for each member. Up to `capacity` results
  /// are given; it is an error if there are more.
  char *_Nullable (*_Nonnull call)(
      const cxr_operator *op, const cxr_value *_Nullable arguments, int64_t argument_count,
      cxr_value *_Nullable results, int64_t capacity, int64_t *result_count);
} cxr_torch_operators;

#pragma clang assume_nonnull end
#endif
