// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXRImage
import Foundation
import Glibc

/// Feeds damaged files to a decoder until the time is up.
///
/// Run by `make fuzz` under the address sanitizer. Every input is a function of decoder, seed and
/// number, so that `--only` repeats the one that ended the process.
@main
struct CXRFuzz: ParsableCommand {
  /// What is fed.
  enum Decoder: String, ExpressibleByArgument, CaseIterable {
    case png, jpeg, dicom, header
  }

  @Argument(help: "What to feed: png, jpeg, dicom or header.")
  var decoder: Decoder

  @Option(help: "How long, in seconds.")
  var seconds = 60

  @Option(help: "The seed of all inputs.")
  var seed: UInt64 = 1

  @Option(help: "The folder of images.json and dicom.json.")
  var corpus = "Tests/CXRImageTests/Golden"

  @Option(help: "A file that always holds the number of the input at hand.")
  var state: String?

  @Option(help: "Feed one input only, by its number.")
  var only: Int?

  /// Small enough that sizes that are stated, not sent, are refused often; generous otherwise.
  static let limits = ImageLimits(
    fileByteCount: 1 << 20, side: 8192, pixelCount: 1 << 22, decodedByteCount: 1 << 26)

  func run() throws {
    let mutator = Mutator(files: try Corpus.files(for: decoder, folder: corpus))
    if let only {
      print(feed(mutator.input(seed: seed, purpose: decoder.rawValue, number: only)))
      return
    }
    let note = try state.map { try StateFile(path: $0) }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var number = 0
    var counts: [String: Int] = [:]
    var slowest = (number: 0, time: Duration.zero)
    let memoryBefore = Self.residentByteCount
    while clock.now < end {
      note?.write(number)
      let input = mutator.input(seed: seed, purpose: decoder.rawValue, number: number)
      let time = clock.measure { counts[feed(input), default: 0] += 1 }
      if time > slowest.time { slowest = (number, time) }
      number += 1
    }
    let outcomes = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    print("\(decoder): \(number) inputs, seed \(seed): \(outcomes.joined(separator: ", "))")
    print("  slowest: number \(slowest.number), \(slowest.time)")
    print("  memory: \(memoryBefore >> 20) MiB before, \(Self.residentByteCount >> 20) MiB after")
  }

  /// Feeds one input and names what came of it.
  private func feed(_ input: [UInt8]) -> String {
    do throws(ImageError) {
      switch decoder {
      case .png, .jpeg, .dicom:
        let minimumSide = input.count.isMultiple(of: 2) ? nil : 3
        let image = try GrayImage(
          decoding: input, name: "input", limits: Self.limits, shrinkingTo: minimumSide)
        precondition(image.pixels.count == image.width * image.height)
      case .header:
        _ = try DICOMHeader(path: HeaderFile.shared.replace(input))
      }
      return "decoded"
    } catch {
      precondition(error.message.contains(decoder == .header ? "/proc/self/fd" : "input"))
      return error.code.rawValue
    }
  }

  private static var residentByteCount: Int {
    let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return (Int(fields.split(separator: " ").dropFirst().first ?? "") ?? 0) * 4096
  }
}
