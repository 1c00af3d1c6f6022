// SPDX-License-Identifier: Apache-2.0
internal import CTorch

/// Where the elements of a tensor lie and operators run.
public enum Device: Hashable, Sendable, CustomStringConvertible {
  /// The processor.
  case cpu
  /// An NVIDIA device, counted from 0.
  case cuda(Int)

  /// The spelling of libtorch: `cpu`, `cuda:0`.
  public var description: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    }
  }

  /// Reads `cpu`, `cuda` or `cuda:1`; `nil` for other words.
  public init?(_ description: String) {
    switch description.split(separator: ":", omittingEmptySubsequences: false) {
    case ["cpu"]: self = .cpu
    case ["cuda"]: self = .cuda(0)
    case let parts where parts.count == 2 && parts[0] == "cuda":
      guard let index = Int(parts[1]), (0..<128).contains(index) else { return nil }
      self = .cuda(index)
    default: return nil
    }
  }

  /// How many NVIDIA devices work; libtorch's part for them is looked for on the first call.
  ///
  /// It is looked for in the folder of the libtorch in use, so the same program uses devices when
  /// it is started with a libtorch for CUDA.
  public static var cudaCount: Int { cudaSearch.count }

  /// Why no NVIDIA device can be used; `nil` if one can.
  public static var cudaProblem: String? { cudaSearch.problem }

  private static let cudaSearch: (count: Int, problem: String?) = {
    do throws(TensorError) {
      try unsafe Torch.run("loading libtorch_cuda") { unsafe $0.devices.load_cuda() }
      let count = Int(unsafe try Torch.library().devices.count(Device.cuda(0).kind))
      return (count, count > 0 ? nil : "libtorch_cuda was loaded, but no device works")
    } catch {
      return (0, error.message)
    }
  }()

  /// Waits until the device has done the work that it was given.
  ///
  /// - Throws: ``TensorError`` if a piece of that work failed.
  public func synchronize() throws(TensorError) {
    try unsafe Torch.run("waiting for \(self)") { unsafe $0.devices.synchronize(kind, index) }
  }

  /// libtorch's number of the kind of device.
  var kind: Int8 {
    switch self {
    case .cpu: 0
    case .cuda: 1
    }
  }

  /// libtorch's number of the device among those of its kind.
  var index: Int8 {
    switch self {
    case .cpu: -1
    case .cuda(let index): Int8(index)
    }
  }

  /// The device of libtorch's numbers.
  init(kind: Int8, index: Int8) {
    self = kind == Device.cuda(0).kind ? .cuda(Int(index)) : .cpu
  }
}
