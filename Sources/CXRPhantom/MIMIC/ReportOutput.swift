// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
import Foundation

/// The reports of MIMIC-CXR while they are written: one archive, or a file each.
enum ReportOutput {
  case archive(ZipArchiveWriter)
  case folder(String)

  init(folder: String, layout: PhantomLayout.Reports) throws(FileError) {
    switch layout {
    case .archive:
      self = .archive(try ZipArchiveWriter(path: "\(folder)/mimic-cxr-reports.zip"))
    case .folder:
      self = .folder("\(folder)/mimic-cxr-reports")
    }
  }

  func append(_ text: String, path: String) throws(FileError) {
    switch self {
    case .archive(let writer): try writer.add(Array(text.utf8), path: path)
    case .folder(let folder):
      let file = URL(filePath: folder).appending(path: path)
      try makeFolder(file.deletingLastPathComponent().path)
      do {
        // Thousands of small files: synchronising each would take minutes.
        try Data(text.utf8).write(to: file)
      } catch {
        throw FileError(
          .unwritable, "\(file.path) cannot be written; check the folder and the free space.",
          cause: error)
      }
    }
  }

  func finish() throws(FileError) {
    if case .archive(let writer) = self { try writer.finish() }
  }
}
