// SPDX-License-Identifier: Apache-2.0

/// A step of a study: a command line of this program that a person could type.
public struct Stage: Sendable {
  /// How a stage goes on that was interrupted.
  enum Resumption: Hashable, Sendable {
    /// Not at all: it begins anew.
    case anew
    /// By the same command.
    case sameCommand
    /// By another word, once a file is there that the interrupted run has written.
    case word(String, onceThereIs: String)
  }

  /// A file that the study writes for the stage.
  struct Document: Hashable, Sendable {
    let path: String
    let text: String
  }

  /// The name, such as `train-real`; files of the study are called after it.
  public let name: String
  /// The words that name the verb, such as `images build`.
  public let verb: String
  /// The words behind `cxr`.
  public let arguments: [String]
  /// The names of the stages that must be done before.
  public internal(set) var upstream: [String]
  /// What it reads from outside the study.
  public let inputs: [StageInput]
  /// The files and folders that are there when it is done.
  public let outputs: [String]
  /// Whether it computes networks, and a scheduler may give it a GPU.
  public let isOnGPU: Bool
  /// How many processes share it where a scheduler starts them.
  public let shardCount: Int
  /// The line of the manifest that it comes from.
  public let line: Int

  let documents: [Document]
  let resumption: Resumption
  /// Folders that only this stage writes, and that must not be there when it begins anew.
  let ownFolders: [String]
}

extension Stage {
  /// The values of an option of the command line.
  func values(of option: String) -> [String] {
    let name = "--\(option)"
    return arguments.indices.compactMap { place in
      if arguments[place].hasPrefix(name + "=") {
        return String(arguments[place].dropFirst(name.count + 1))
      }
      guard arguments[place] == name, place + 1 < arguments.count else { return nil }
      return arguments[place + 1]
    }
  }
}
