// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// All that the result of a stage follows from.
struct StageKey: Codable, Hashable, Sendable {
  /// The version of the program.
  let version: String
  /// The words behind `cxr`.
  let arguments: [String]
  /// Digests of the files that the study writes for it, by path.
  let documents: [String: String]
  /// Digests of what it reads from outside, by path.
  let inputs: [String: String]
  /// The keys of the stages before it, by name.
  let upstream: [String: String]

  /// The SHA-256 of the key in JSON.
  func digest() throws -> String { FileDigest.sha256(of: try JSONDocument.encode(self)) }

  /// What differs from the key of an earlier run, for people.
  func difference(from former: StageKey) -> String {
    if version != former.version { return "cxr \(former.version) made it, this is \(version)" }
    if arguments != former.arguments || documents != former.documents { return "settings changed" }
    let files = Set(inputs.keys).union(former.inputs.keys).sorted()
      .filter { inputs[$0] != former.inputs[$0] }
    if let file = files.first {
      return "\(file) changed" + (files.count > 1 ? ", and \(files.count - 1) more" : "")
    }
    let stages = Set(upstream.keys).union(former.upstream.keys).sorted()
      .filter { upstream[$0] != former.upstream[$0] }
    return stages.first.map { "\($0) changed" } ?? "settings changed"
  }
}
