// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation

/// Finds the files of radiographs below the folders that datasets were unpacked into.
///
/// A file usually lies where its dataset's descriptor says. Copies differ: archives are unpacked into
/// folders of their own, small derivatives have other extensions. A file that is not where it should
/// be is therefore looked for below the root: by its whole path, and, where the name of the image is
/// no path but identifies it alone, by that name, both without extension. Names that are paths, such
/// as CheXpert's, repeat from patient to patient: a part of one is never taken for the whole. What
/// could be either of several is not guessed.
public final class ImageLocator {
  private let roots: [String: String]
  /// The files below a root by the stem of their names; filled when first needed.
  private var filesByStem: [String: [String: [String]]] = [:]

  /// Creates a locator.
  ///
  /// - Parameter roots: The folder of each dataset, by its name.
  public init(roots: [String: String]) {
    self.roots = roots
  }

  /// Returns the path of a radiograph's file.
  ///
  /// - Parameters:
  ///   - relativePath: Where the file should lie below the folder of its dataset.
  ///   - imageName: The name of the image, unique within its dataset.
  ///   - dataset: The name of the dataset.
  /// - Returns: The path; the one where the file should lie if it is not found.
  /// - Throws: `FileError` if the dataset's folder cannot be read, ``ImageError`` with code
  ///   `.missing` if none was given for it.
  public func path(
    of relativePath: String, imageName: String, dataset: String
  ) throws -> String {
    guard let root = roots[dataset] else {
      throw ImageError(
        .missing, "No folder was given for the images of \(dataset); add --root \(dataset)=FOLDER.")
    }
    let expected = "\(root)/\(relativePath)"
    if FileManager.default.fileExists(atPath: expected) { return expected }
    let files = try filesByStem[dataset] ?? Self.walk(root)
    filesByStem[dataset] = files
    let wanted = Self.withoutExtension(relativePath)
    let candidates = files[Self.stem(relativePath)] ?? []
    let alike = candidates.filter {
      let path = Self.withoutExtension($0)
      return path == wanted || path.hasSuffix("/\(wanted)")
    }
    let isNamedAlone =
      !imageName.contains("/")
      && [imageName, Self.withoutExtension(imageName)].contains(Self.stem(relativePath))
    let found = alike.isEmpty && isNamedAlone ? candidates : alike
    return found.count == 1 ? "\(root)/\(found[0])" : expected
  }

  private static func walk(_ root: String) throws -> [String: [String]] {
    let walk = try FolderWalk(path: root)
    var files: [String: [String]] = [:]
    while let path = try walk.next() { files[stem(path), default: []].append(path) }
    return files
  }

  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return withoutExtension(String(name))
  }

  private static func withoutExtension(_ path: String) -> String {
    guard let dot = path.lastIndex(of: "."), path[dot...].firstIndex(of: "/") == nil else {
      return path
    }
    return String(path[..<dot])
  }
}
