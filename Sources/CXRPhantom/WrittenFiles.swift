// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
import Foundation

/// The list of what a phantom wrote into the folder of a dataset, kept beside its truth.
///
/// A smaller phantom over a larger one would otherwise leave radiographs that no table names. The
/// list says which files are the phantom's own; no other file is ever removed.
struct WrittenFiles {
  /// The folder of the dataset.
  let folder: String
  /// The files of the truth; the first is the list itself.
  private let listPath: String
  private let truthPaths: [String]

  /// Names the list of a dataset; nothing is read.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - root: The folder that has a folder per dataset.
  init(of dataset: PhantomDataset, in root: String) {
    let name = dataset.rawValue
    folder = "\(root)/\(name)"
    listPath = "\(root)/truth/\(name)-files.txt"
    truthPaths = ["\(root)/truth/\(name).csv", "\(root)/truth/\(name)-images.csv"]
  }

  /// Refuses a folder that holds files of which no list says that a phantom wrote them.
  ///
  /// - Throws: `FileError` with code `.unwritable`.
  func requireOwnFolder() throws(FileError) {
    guard !FileManager.default.fileExists(atPath: listPath) else { return }
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard entries.isEmpty else {
      throw FileError(
        .unwritable,
        "\(folder) holds files that no phantom wrote, or one that did not finish; name another "
          + "folder, or remove this one if nothing in it is needed.")
    }
  }

  /// Removes what the list names, then the list and the dataset's truth.
  ///
  /// - Throws: `FileError` with code `.malformed` if the list names a file outside the folder,
  ///   `.unwritable` if a file cannot be removed.
  func removeEarlier() throws(FileError) {
    guard FileManager.default.fileExists(atPath: listPath) else { return }
    guard let list = try? String(contentsOfFile: listPath, encoding: .utf8) else {
      throw FileError(.unwritable, "\(listPath) cannot be read; check its permissions.")
    }
    let paths = list.split(separator: "\n").map(String.init)
    for (index, path) in paths.enumerated() {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      guard !parts.contains(where: { ["", ".", ".."].contains($0) }) else {
        throw FileError(
          .malformed,
          "\(listPath):\(index + 1): this is no path below \(folder); remove both, or name another "
            + "folder.")
      }
    }
    for path in paths { try remove("\(folder)/\(path)") }
    removeEmptyFolders(of: paths)
    for path in truthPaths { try remove(path) }
    // Last: a removal that was interrupted is taken up again.
    try remove(listPath)
  }

  /// The files that are in the folder now.
  ///
  /// - Throws: `FileError` if a folder cannot be read.
  func present() throws(FileError) -> Set<String> {
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    let walk = try FolderWalk(path: folder)
    var paths: Set<String> = []
    while let path = try walk.next() { paths.insert(path) }
    return paths
  }

  /// Writes the list: what is in the folder now but was not before, and what is still to be written.
  ///
  /// - Parameters:
  ///   - foreign: The files that were in the folder before.
  ///   - planned: The files that are still to be written.
  /// - Throws: `FileError`.
  func record(besides foreign: Set<String>, planned: [String]) throws(FileError) {
    let paths = try present().subtracting(foreign).union(planned).sorted()
    try AtomicFile.write(paths.map { $0 + "\n" }.joined(), to: listPath)
  }

  private func remove(_ path: String) throws(FileError) {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch CocoaError.fileNoSuchFile {
      // Somebody has removed it already.
    } catch {
      throw FileError(
        .unwritable, "\(path) of an earlier phantom cannot be removed; check its permissions.",
        cause: error)
    }
  }

  /// Removes the folders of removed files in which nothing is left, the deepest first.
  private func removeEmptyFolders(of paths: [String]) {
    var folders: Set<String> = []
    for path in paths {
      var parts = path.split(separator: "/").dropLast()
      while !parts.isEmpty, folders.insert(parts.joined(separator: "/")).inserted {
        parts.removeLast()
      }
    }
    for name in folders.sorted(by: { ($0.utf8.count, $0) > ($1.utf8.count, $1) }) {
      // Fails for a folder that is not empty, as it should.
      _ = unsafe rmdir("\(folder)/\(name)")
    }
  }
}
