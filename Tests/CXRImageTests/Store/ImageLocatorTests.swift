// SPDX-License-Identifier: Apache-2.0
import CXRImage
import CXRTestSupport
import Foundation
import Testing

@Suite("Image locator")
struct ImageLocatorTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func locate(
    _ relativePath: String, named imageName: String, among files: [String]
  ) throws -> String {
    for file in files {
      let url = folder.url.appending(path: file)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("x".utf8).write(to: url)
    }
    let path = try ImageLocator(roots: ["d": folder.url.path])
      .path(of: relativePath, imageName: imageName, dataset: "d")
    return String(path.dropFirst(folder.url.path.count + 1))
  }

  @Test("A file that is where it should be is taken")
  func expected() throws {
    #expect(
      try locate("images/a.png", named: "a.png", among: ["images/a.png", "x/a.png"])
        == "images/a.png")
  }

  @Test("A file below other folders, or with another ending, is found by its path or its name")
  func elsewhere() throws {
    #expect(
      try locate("images/a.png", named: "a.png", among: ["images_003/images/a.png"])
        == "images_003/images/a.png")
    #expect(try locate("images/b.png", named: "b.png", among: ["part7/b.jpg"]) == "part7/b.jpg")
    #expect(
      try locate(
        "train/p1/s1/view1.jpg", named: "train/p1/s1/view1.jpg",
        among: ["CheXpert-v1.0/train/p1/s1/view1.png"]) == "CheXpert-v1.0/train/p1/s1/view1.png")
  }

  @Test("A file of another patient is never taken for one that is missing")
  func noneElse() throws {
    let wanted = "train/p1/s1/view1.jpg"
    #expect(
      try locate(wanted, named: wanted, among: ["valid/p2/s1/view1.jpg", "p1/s1/view1.jpg"])
        == wanted)
  }

  @Test("What could be either of two is not guessed")
  func ambiguous() throws {
    #expect(
      try locate("images/a.png", named: "a.png", among: ["x/a.png", "y/a.png"]) == "images/a.png")
  }

  @Test("A dataset without a folder is refused")
  func unknown() throws {
    let error = #expect(throws: ImageError.self) {
      try ImageLocator(roots: [:]).path(of: "a.png", imageName: "a.png", dataset: "d")
    }
    #expect(error?.message.contains("--root d=FOLDER") == true)
  }
}
