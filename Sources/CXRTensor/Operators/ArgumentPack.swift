// SPDX-License-Identifier: Apache-2.0
internal import CTorch

/// Arguments laid out for C: values that point into four arrays.
@safe struct ArgumentPack {
  private var values: [cxr_value] = unsafe []
  private var handles: [OpaquePointer?] = unsafe []
  private var integers: [Int64] = []
  private var numbers: [Double] = []
  private var bytes: [UInt8] = []

  /// Lays arguments out; they must outlive the pack.
  init(_ arguments: [Operator.Argument]) {
    unsafe values.reserveCapacity(arguments.count)
    for argument in arguments { append(argument) }
  }

  /// Lends the values with their pointers set.
  func withValues(_ body: (UnsafeBufferPointer<cxr_value>) -> Void) {
    unsafe handles.withUnsafeBufferPointer { handles in
      unsafe integers.withUnsafeBufferPointer { integers in
        unsafe numbers.withUnsafeBufferPointer { numbers in
          unsafe bytes.withUnsafeBufferPointer { bytes in
            var values = unsafe values
            for index in unsafe values.indices {
              // Until here a list's start was kept where single numbers are.
              let start = unsafe Int(values[index].integer)
              switch unsafe values[index].tag {
              case .tensors:
                unsafe values[index].pointer = handles.baseAddress.map {
                  unsafe UnsafeRawPointer($0 + start)
                }
              case .integers:
                unsafe values[index].pointer = integers.baseAddress.map {
                  unsafe UnsafeRawPointer($0 + start)
                }
              case .numbers:
                unsafe values[index].pointer = numbers.baseAddress.map {
                  unsafe UnsafeRawPointer($0 + start)
                }
              case .text:
                unsafe values[index].pointer = bytes.baseAddress.map {
                  unsafe UnsafeRawPointer($0 + start)
                }
              default: break
              }
            }
            unsafe values.withUnsafeBufferPointer(body)
          }
        }
      }
    }
  }

  private mutating func append(_ argument: Operator.Argument) {
    switch argument {
    case .standard: add(.default)
    case .none: add(.none)
    case .tensor(let tensor): unsafe add(.tensor, pointer: UnsafeRawPointer(tensor.handle))
    case .tensors(let tensors):
      add(.tensors, integer: unsafe handles.count, count: tensors.count)
      for tensor in tensors { unsafe handles.append(tensor.handle) }
    case .integer(let value): add(.integer, integer: value)
    case .integers(let list):
      add(.integers, integer: integers.count, count: list.count)
      for value in list { integers.append(Int64(value)) }
    case .number(let value): add(.number, number: value)
    case .numbers(let list):
      add(.numbers, integer: numbers.count, count: list.count)
      numbers.append(contentsOf: list)
    case .truth(let value): add(.truth, integer: value ? 1 : 0)
    case .text(let words):
      add(.text, integer: bytes.count, count: words.utf8.count)
      bytes.append(contentsOf: words.utf8)
    case .scalarType(let type): add(.integer, integer: Int(type.torchNumber))
    case .device(let device):
      add(.device, integer: Int(device.kind), count: Int(device.index))
    case .generator(let generator):
      unsafe add(.generator, pointer: UnsafeRawPointer(generator.handle))
    }
  }

  private mutating func add(
    _ tag: cxr_value_tag, integer: Int = 0, number: Double = 0, count: Int = 0
  ) {
    unsafe values.append(
      cxr_value(
        tag: tag, integer: Int64(integer), number: number, pointer: nil, count: Int64(count)))
  }

  private mutating func add(_ tag: cxr_value_tag, pointer: UnsafeRawPointer) {
    unsafe values.append(
      cxr_value(tag: tag, integer: 0, number: 0, pointer: pointer, count: 0))
  }
}
