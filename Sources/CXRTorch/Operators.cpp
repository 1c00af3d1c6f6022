// SPDX-License-Identifier: Apache-2.0
#if CXR_TORCH
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/Generator.h>
#include <ATen/core/List.h>

#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "Torch.hpp"

namespace {

using cxr::borrowed;

const c10::OperatorHandle &handle(const cxr_operator *op) {
  return *reinterpret_cast<const c10::OperatorHandle *>(op);
}

/// Whether the members of a list of tensors may be absent.
bool holdsOptionals(const c10::Argument &argument) {
  const auto *type = argument.type()->castRaw<c10::ListType>();
  return type != nullptr && type->getElementType()->kind() == c10::TypeKind::OptionalType;
}

c10::IValue tensorList(const cxr_value &value, const c10::Argument &argument) {
  const auto *members = static_cast<cxr_tensor *const *>(value.pointer);
  if (holdsOptionals(argument)) {
    c10::List<std::optional<at::Tensor>> list;
    list.reserve(value.count);
    for (int64_t i = 0; i < value.count; ++i) {
      list.push_back(
          members[i] ? std::optional<at::Tensor>(borrowed(members[i])) : std::nullopt);
    }
    return list;
  }
  c10::List<at::Tensor> list;
  list.reserve(value.count);
  for (int64_t i = 0; i < value.count; ++i) {
    TORCH_CHECK(members[i] != nullptr, "argument ", argument.name(), " has an absent tensor");
    list.push_back(borrowed(members[i]));
  }
  return list;
}

/// Whole numbers, or truth values where the schema asks for those.
c10::IValue integerList(const cxr_value &value, const c10::Argument &argument) {
  const at::IntArrayRef integers(static_cast<const int64_t *>(value.pointer), value.count);
  const auto *type = argument.type()->castRaw<c10::ListType>();
  if (type == nullptr || type->getElementType()->kind() != c10::TypeKind::BoolType) {
    return integers;
  }
  c10::List<bool> list;
  for (const auto integer : integers) list.push_back(integer != 0);
  return list;
}

c10::IValue unboxedDefault(const c10::Argument &argument) {
  TORCH_CHECK(
      argument.default_value().has_value(), "argument ", argument.name(), " has no default");
  return *argument.default_value();
}

c10::IValue unwrapped(const cxr_value &value, const c10::Argument &argument) {
  switch (value.tag) {
    case cxr_value_default:
      return unboxedDefault(argument);
    case cxr_value_none:
      return c10::IValue();
    case cxr_value_tensor:
      return borrowed(static_cast<cxr_tensor *>(const_cast<void *>(value.pointer)));
    case cxr_value_tensors:
      return tensorList(value, argument);
    case cxr_value_integer:
      return value.integer;
    case cxr_value_integers:
      return integerList(value, argument);
    case cxr_value_number:
      return value.number;
    case cxr_value_numbers:
      return at::ArrayRef<double>(static_cast<const double *>(value.pointer), value.count);
    case cxr_value_truth:
      return value.integer != 0;
    case cxr_value_text:
      return std::string(static_cast<const char *>(value.pointer), value.count);
    case cxr_value_device:
      return c10::Device(
          static_cast<c10::DeviceType>(value.integer),
          static_cast<c10::DeviceIndex>(value.count));
    case cxr_value_generator: {
      auto *generator = static_cast<c10::GeneratorImpl *>(const_cast<void *>(value.pointer));
      return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(generator));
    }
  }
  return c10::IValue();
}

/// Writes results into the caller's array.
class Results {
 public:
  Results(cxr_value *values, int64_t capacity) : values(values), capacity(capacity) {}

  int64_t count = 0;

  void append(c10::IValue value) {
    if (value.isTensorList() || value.isTuple() || value.isList()) {
      if (value.isTuple()) {
        for (const auto &member : value.toTupleRef().elements()) append(member);
      } else {
        for (const auto &member : value.toListRef()) append(member);
      }
      return;
    }
    TORCH_CHECK(count < capacity, "more than ", capacity, " results");
    values[count] = wrapped(std::move(value));
    ++count;
  }

  /// Gives back what was written, after a failure.
  void clear() {
    for (int64_t i = 0; i < count; ++i) {
      if (values[i].tag == cxr_value_tensor) {
        auto *tensor = static_cast<cxr_tensor *>(const_cast<void *>(values[i].pointer));
        at::Tensor owned(
            c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(
                reinterpret_cast<at::TensorImpl *>(tensor)));
      }
    }
    count = 0;
  }

 private:
  cxr_value *values;
  int64_t capacity;

  static cxr_value wrapped(c10::IValue value) {
    cxr_value result = {cxr_value_none, 0, 0, nullptr, 0};
    if (value.isTensor()) {
      const auto &tensor = value.toTensor();
      TORCH_CHECK(
          !tensor.defined() || tensor.layout() == c10::kStrided, "the result is a tensor of layout ",
          tensor.layout(), ", which is not supported");
      result.pointer = cxr::given(std::move(value).toTensor());
      result.tag = result.pointer ? cxr_value_tensor : cxr_value_none;
    } else if (value.isBool()) {
      result.tag = cxr_value_truth;
      result.integer = value.toBool() ? 1 : 0;
    } else if (value.isInt()) {
      result.tag = cxr_value_integer;
      result.integer = value.toInt();
    } else if (value.isDouble()) {
      result.tag = cxr_value_number;
      result.number = value.toDouble();
    } else if (!value.isNone()) {
      TORCH_CHECK(false, "a result of type ", value.tagKind(), " cannot be given");
    }
    return result;
  }
};

char *find(const char *name, const char *overload, const cxr_operator **result) {
  return cxr::caught([&] {
    // Callers keep operators for the life of the process; who asks twice is given the same.
    static std::mutex mutex;
    static std::map<std::pair<std::string, std::string>, c10::OperatorHandle> known;
    const std::lock_guard<std::mutex> lock(mutex);
    auto position = known.find({name, overload});
    if (position == known.end()) {
      auto found = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
      position = known.emplace(std::pair(name, overload), found).first;
    }
    *result = reinterpret_cast<const cxr_operator *>(&position->second);
  });
}

char *call(
    const cxr_operator *op, const cxr_value *arguments, int64_t argumentCount, cxr_value *results,
    int64_t capacity, int64_t *resultCount) {
  Results written(results, capacity);
  char *failure = cxr::caught([&] {
    const auto &expected = handle(op).schema().arguments();
    TORCH_CHECK(
        argumentCount <= static_cast<int64_t>(expected.size()), argumentCount,
        " arguments where the operator has ", expected.size());
    torch::jit::Stack stack;
    stack.reserve(expected.size());
    for (size_t i = 0; i < expected.size(); ++i) {
      stack.push_back(
          static_cast<int64_t>(i) < argumentCount ? unwrapped(arguments[i], expected[i])
                                                  : unboxedDefault(expected[i]));
    }
    handle(op).callBoxed(&stack);
    for (auto &value : stack) written.append(std::move(value));
  });
  if (failure) written.clear();
  *resultCount = written.count;
  return failure;
}

}  // namespace

cxr_torch_operators cxr::operators() { return {.find = find, .call = call}; }

#endif
