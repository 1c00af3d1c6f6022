// SPDX-License-Identifier: Apache-2.0
internal import CTorch
internal import CXRFiles

/// A network that was saved as TorchScript, with its program: what `torch.jit.save` writes.
///
///     let model = try ScriptModule(path: "age.pt")
///     let years = try model(pictures)
///
/// The program runs as it is and cannot be looked into here, so load only files that you trust. The
/// module is in evaluation mode, and is used by one thread at a time.
@safe public final class ScriptModule {
  /// The path that it was read from.
  public let path: String
  private let handle: OpaquePointer

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - device: Where the module's tensors lie.
  /// - Throws: ``TensorError`` with code `.unreadable`, naming the path, if there is no file or none
  ///   of TorchScript; `.unavailable` without libtorch; `.outOfMemory`.
  public init(path: String, on device: Device = .cpu) throws(TensorError) {
    if let problem = Torch.problem { throw problem }
    do throws(FileError) {
      _ = try MappedFile(path: path)
    } catch {
      throw TensorError(.unreadable, error.message)
    }
    do throws(TensorError) {
      unsafe handle = try Torch.make("reading \(path)") { torch, result in
        unsafe torch.script.load(path, device.kind, device.index, result)
      }
    } catch {
      guard error.code == .refused else { throw error }
      throw TensorError(
        .unreadable,
        """
        \(path) is not TorchScript, or damaged (\(error.message.firstLine)); name a file that \
        torch.jit.save wrote, or copy it again
        """)
    }
    self.path = path
  }

  deinit { unsafe Torch.loaded.script.release(handle) }

  /// Runs `forward`.
  ///
  /// - Parameters:
  ///   - input: The first argument, on the module's device.
  ///   - others: The other arguments.
  /// - Returns: The result.
  /// - Throws: ``TensorError`` with code `.refused` if the arguments do not fit or the result is not
  ///   one tensor, `.outOfMemory`.
  public func callAsFunction(_ input: Tensor, _ others: Tensor...) throws(TensorError) -> Tensor {
    let inputs = [input] + others
    let result = unsafe try Torch.make(
      "\(path)(\(inputs.map(\.description).joined(separator: ", ")))", keeping: inputs + [self]
    ) { torch, result in
      let handles = unsafe inputs.map { unsafe $0.handle }
      return unsafe handles.withUnsafeBufferPointer { handles in
        guard let start = handles.baseAddress else { preconditionFailure("no argument") }
        return unsafe torch.script.call(handle, start, Int64(handles.count), result)
      }
    }
    return unsafe Tensor(owning: result)
  }
}

extension String {
  /// libtorch's words without the lines of source code that follow them.
  fileprivate var firstLine: Substring { prefix { !$0.isNewline } }
}
