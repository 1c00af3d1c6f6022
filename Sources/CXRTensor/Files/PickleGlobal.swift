// SPDX-License-Identifier: Apache-2.0

/// A Python object that a pickle may refer to by name; there are no others.
enum PickleGlobal {
  /// `collections.OrderedDict`.
  case orderedDictionary
  /// `torch._utils._rebuild_tensor`: storage, offset, shape, strides, and nothing else.
  case rebuildBareTensor
  /// `torch._utils._rebuild_tensor_v2`: storage, offset, shape, strides.
  case rebuildTensor
  /// `torch._utils._rebuild_tensor_v3`: the same, and the type of the numbers.
  case rebuildTypedTensor
  /// `torch._utils._rebuild_parameter`.
  case rebuildParameter
  /// A class of storages that knows the type of its numbers, such as `torch.FloatStorage`.
  case storage(ScalarType)
  /// `torch.storage.UntypedStorage`.
  case untypedStorage
  /// A type of numbers, such as `torch.float32`.
  case scalarType(ScalarType)

  /// Finds an object; `nil` for what is not to be touched.
  ///
  /// - Parameters:
  ///   - module: The name of its module.
  ///   - name: Its name in the module.
  init?(module: String, name: String) {
    switch (module, name) {
    case ("collections", "OrderedDict"): self = .orderedDictionary
    case ("torch._utils", "_rebuild_tensor"): self = .rebuildBareTensor
    case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
    case ("torch._utils", "_rebuild_tensor_v3"): self = .rebuildTypedTensor
    case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
    case ("torch.storage", "UntypedStorage"): self = .untypedStorage
    case ("torch", _):
      if let type = Self.storageTypes[name] {
        self = .storage(type)
      } else if let type = ScalarType(rawValue: name) {
        self = .scalarType(type)
      } else {
        return nil
      }
    default: return nil
    }
  }

  private static let storageTypes: [String: ScalarType] = [
    "BoolStorage": .bool, "ByteStorage": .uint8, "CharStorage": .int8, "ShortStorage": .int16,
    "IntStorage": .int32, "LongStorage": .int64, "HalfStorage": .float16,
    "BFloat16Storage": .bfloat16, "FloatStorage": .float32, "DoubleStorage": .float64,
  ]
}
