// SPDX-License-Identifier: Apache-2.0

/// A stage before it is known which stages make what it needs.
struct StageDraft {
  /// What a stage needs, and where the manifest says so.
  struct Need: Hashable {
    let resource: Resource
    let line: Int
  }

  let name: String
  let verb: String
  let line: Int
  /// The words behind the verb.
  var arguments: [String] = []
  var needs: [Need] = []
  var provides: [Resource] = []
  var inputs: [StageInput] = []
  var outputs: [String] = []
  var isOnGPU = false
  var shardCount = 1
  var documents: [Stage.Document] = []
  var resumption = Stage.Resumption.sameCommand
  var ownFolders: [String] = []

  init(_ name: String, _ verb: String, line: Int) {
    self.name = name
    self.verb = verb
    self.line = line
  }

  mutating func need(_ resources: [Resource], line: Int? = nil) {
    for resource in resources {
      let need = Need(resource: resource, line: line ?? self.line)
      if !needs.contains(where: { $0.resource == resource }) { needs.append(need) }
    }
  }

  /// The stage, once the names of those before it are known.
  func stage(upstream: [String]) -> Stage {
    Stage(
      name: name, verb: verb,
      arguments: verb.split(separator: " ").map(String.init) + arguments, upstream: upstream,
      inputs: inputs, outputs: outputs, isOnGPU: isOnGPU, shardCount: shardCount, line: line,
      documents: documents,
      resumption: resumption, ownFolders: ownFolders)
  }
}
