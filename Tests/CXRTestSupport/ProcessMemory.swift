// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The memory of this process, as the kernel counts it.
public enum ProcessMemory {
  /// A measure that the kernel does not give.
  public struct Unmeasured: Error {
    /// Creates the error.
    public init() {}
  }

  /// Whether the numbers mean something: the address sanitizer keeps freed memory for a while.
  public static var isMeasured: Bool {
    (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8))?.contains("asan") == false
      && ProcessInfo.processInfo.environment["ASAN_OPTIONS"] == nil
  }

  /// The resident memory in megabytes.
  ///
  /// - Throws: ``Unmeasured`` if the kernel does not give it.
  public static func residentMB() throws -> Double { try kilobytes("VmRSS") / 1024 }

  /// The largest resident memory so far in megabytes.
  ///
  /// - Throws: ``Unmeasured`` if the kernel does not give it.
  public static func peakMB() throws -> Double { try kilobytes("VmHWM") / 1024 }

  /// Lets the allocator give blocks of a megabyte or more back to the kernel when they are freed.
  ///
  /// - Throws: ``Unmeasured`` if the allocator refuses.
  public static func returnFreedBlocks() throws {
    // Swift's module of the C library lacks malloc.h, where M_MMAP_THRESHOLD is -3.
    typealias Function = @convention(c) (Int32, Int32) -> Int32
    guard let symbol = unsafe dlsym(nil, "mallopt") else { throw Unmeasured() }
    guard unsafe unsafeBitCast(symbol, to: Function.self)(-3, 1 << 20) == 1 else {
      throw Unmeasured()
    }
  }

  private static func kilobytes(_ name: String) throws -> Double {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    for line in status.split(separator: "\n") where line.hasPrefix("\(name):") {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.count > 1, let value = Double(words[1]) { return value }
    }
    throw Unmeasured()
  }
}
