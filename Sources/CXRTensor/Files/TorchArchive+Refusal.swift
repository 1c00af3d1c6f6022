// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

extension TorchArchive {
  /// How to get weights out of a file that only PyTorch reads.
  static let remedy = """
    convert it where PyTorch is, if you trust it, because loading runs code: python3 -c "import \
    sys, torch; from safetensors.torch import save_file; x = torch.load(sys.argv[1], 'cpu', \
    weights_only=False); x = x.state_dict() if hasattr(x, 'state_dict') else x.get('state_dict', x); \
    save_file({k: v.clone().contiguous() for k, v in x.items() if torch.is_tensor(v)}, \
    sys.argv[2])" OLD NEW.safetensors
    """

  /// How to get weights out of a program.
  static let scriptRemedy = """
    convert it where PyTorch is: python3 -c "import sys, torch; from safetensors.torch import \
    save_file; x = torch.jit.load(sys.argv[1], 'cpu').state_dict(); save_file({k: \
    v.clone().contiguous() for k, v in x.items()}, sys.argv[2])" OLD NEW.safetensors
    """

  /// Says why a pickle is refused.
  ///
  /// - Parameters:
  ///   - problem: Why.
  ///   - path: The path of the archive.
  ///   - entry: What to call the pickle.
  /// - Returns: An error that names file, entry and remedy.
  static func refusal(
    _ problem: Unpickler.Problem, path: String, entry: String = "data.pkl"
  ) -> FileError {
    let reason: String
    switch problem {
    case .file(let error): return error
    case .damaged(let position):
      return FileError(
        .malformed,
        "\(path): \(entry) is damaged at byte \(position); download or copy the file again.")
    case .operation(let code):
      reason =
        "uses the operation 0x\(String(code, radix: 16)) of pickle, which weights do not need"
    case .object(let module, let name):
      reason = "needs the Python object \(shown("\(module).\(name)")), which cxr does not make"
    case .arguments(let function):
      reason = "uses \(function) in a way that cxr does not know"
    case .limit(let limit):
      switch limit {
      case .tooManyNodes:
        reason = "makes more than \(PickleHeap.nodeLimit) containers or tensors"
      case .tooDeep: reason = "nests more than \(PickleHeap.depthLimit) containers"
      case .tooLarge: reason = "unfolds into more than \(PickleHeap.treeLimit) values"
      case .holdsItself: reason = "has a container that holds itself"
      case .holdsObject: reason = "holds a class or a bare storage, not only tensors"
      }
    }
    return FileError(.malformed, "\(path): \(entry) \(reason); \(remedy)")
  }
}
