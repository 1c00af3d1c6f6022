// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRImage
import Foundation

/// Draws pictures and writes them below a dataset's folder.
struct FilmWriter: Sendable {
  /// The path of the dataset's folder.
  let folder: String

  /// How hard PNG files are compressed: noise does not become smaller by trying.
  private static let compressionLevel = 3

  /// Makes the folders of all pictures, each once.
  ///
  /// - Throws: `FileError` with code `.unwritable`.
  func makeFolders(for films: [PlannedFilm]) throws(FileError) {
    let paths = Set(films.map { $0.path.split(separator: "/").dropLast().joined(separator: "/") })
    for path in paths.sorted() { try makeFolder("\(folder)/\(path)") }
  }

  /// Draws and writes a picture.
  ///
  /// - Throws: `ImageError`, or `FileError` with code `.unwritable`.
  func write(_ film: PlannedFilm) throws {
    var bytes = try bytes(of: film)
    if let damage = film.damage { bytes = damage.apply(to: bytes) }
    let path = "\(folder)/\(film.path)"
    do {
      // Not synchronised one by one, as tables are: that would take longer than the drawing.
      try Data(bytes).write(to: URL(filePath: path))
    } catch {
      throw FileError(
        .unwritable, "\(path) cannot be written; check the folder and the free space.",
        cause: error)
    }
  }

  private func bytes(of film: PlannedFilm) throws -> [UInt8] {
    let image = film.radiograph.image(
      width: film.width, height: film.height, bitDepth: film.format.bitDepth)
    switch film.format {
    case .jpeg: return try image.jpegBytes(quality: 95)
    case .png, .deepPNG: return try image.pngBytes(level: Self.compressionLevel)
    case .colourPNG:
      return try image.pngBytes(level: Self.compressionLevel, channels: .redGreenBlueAlpha)
    case .dicom(let header):
      return try FilmHeader(header, size: (film.width, film.height)).bytes(with: image)
    }
  }
}
