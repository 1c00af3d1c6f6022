// SPDX-License-Identifier: Apache-2.0
import CXRImage
import CXRTestSupport
import Foundation
import Glibc
import Testing

@Suite("Hostile DICOM header")
struct HostileDICOMHeaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A header with explicit elements in front of those that every test file has.
  private static func bytes(inFront elements: Data) throws -> Data {
    var writer = DICOMHeaderWriter()
    writer[.patientAge] = "061Y"
    let whole = Data(try writer.bytes())
    let dataSetOffset = 144 + Int(whole[140]) + Int(whole[141]) << 8
    return whole.prefix(dataSetOffset) + elements + whole.dropFirst(dataSetOffset)
  }

  private func header(_ data: Data) throws -> DICOMHeader {
    try DICOMHeader(path: folder.write(data, to: "a.dicom"))
  }

  /// The most memory that the process ever took, in bytes.
  private var peakByteCount: Int {
    var usage = rusage()
    unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss << 10
  }

  @Test("Takes no memory for a stated length, however deep in the file it is stated")
  func hostileLength() throws {
    let text: [UInt8] = [8, 0, 8, 1, 0x55, 0x54, 0, 0, 0xF0, 0xFF, 0xFF, 0xFF, 0x61, 0x62]
    let item: [UInt8] = [0xFE, 0xFF, 0, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF]
    let sequence: [UInt8] = [8, 0, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]
    let age: [UInt8] = [0x10, 0, 0x10, 0x10, 0x55, 0x54, 0, 0, 0xF0, 0xFF, 0xFF, 0xFF, 0x61, 0x62]
    let before = peakByteCount
    for elements in [text, age, sequence + item + text, [2, 0, 2, 1] + text.dropFirst(4)] {
      let data = try Self.bytes(inFront: Data(elements))
      let error = #expect(throws: ImageError.self) { try header(data) }
      #expect(error?.code == .truncated)
    }
    // The lengths are 4 GiB each; other tests run beside this one and take memory, too.
    #expect(peakByteCount - before < 1 << 30)
  }

  @Test("Refuses a value longer than any, and a header that does not end")
  func endless() throws {
    let age = Data([0x10, 0, 0x10, 0x10, 0x55, 0x54, 0, 0, 0, 0, 2, 0]) + Data(count: 0x20000)
    let long = #expect(throws: ImageError.self) { try header(Self.bytes(inFront: age)) }
    #expect(long?.code == .malformed)
    let dates = Data((0..<600_000).flatMap { _ in [8, 0, 0x22, 0, 0x44, 0x41, 0, 0] as [UInt8] })
    let endless = #expect(throws: ImageError.self) { try header(Self.bytes(inFront: dates)) }
    #expect(endless?.code == .malformed)
    #expect(endless?.message.contains("longer") == true)
    // As many bytes in one value that nobody asks for are passed over without being read.
    let head: [UInt8] = [8, 0, 0x22, 0, 0x55, 0x54, 0, 0, 0, 0, 0x60, 0]
    let passed = Data(head) + Data(count: 0x600000)
    #expect(try header(Self.bytes(inFront: passed))[.patientAge] == "061Y")
  }

  @Test("Refuses sequences that are nested without end", arguments: [20, 200_000])
  func nesting(_ depth: Int) throws {
    let open: [UInt8] =
      [8, 0, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]
      + [0xFE, 0xFF, 0, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF]
    let close: [UInt8] = [0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0, 0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0]
    let elements = (0..<depth).flatMap { _ in open } + (0..<depth).flatMap { _ in close }
    let data = try Self.bytes(inFront: Data(elements))
    if depth <= 32 {
      #expect(try header(data)[.patientAge] == "061Y")
    } else {
      let error = #expect(throws: ImageError.self) { try header(data) }
      #expect(error?.code == .malformed)
    }
  }

  @Test("A check inside GDCM that fails is an error, on every thread")
  func failedCheck() async {
    await #expect(processExitsWith: .exitCode(EXIT_SUCCESS)) {
      // GDCM takes the second tag, inside an item, for the mark of a certain broken device.
      let elements: [UInt8] =
        [8, 0, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]
        + [0xFE, 0xFF, 0, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0xA5, 0x4A, 0, 0, 0, 0]
      let folder = try TemporaryFolder()
      let data = try HostileDICOMHeaderTests.bytes(inFront: Data(elements))
      let path = try folder.write(data, to: "check.dicom")
      let refusedCount = await withTaskGroup { group in
        for _ in 0..<8 {
          group.addTask {
            do throws(ImageError) { _ = try DICOMHeader(path: path) } catch {
              return error.code == .malformed && error.message.contains("GDCM's check")
            }
            return false
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      // GDCM's objects leaked, as they do on a jump: leave before a leak checker looks.
      _exit(refusedCount == 8 ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }

  @Test("A file that ends where GDCM checks that it goes on is truncated")
  func checkAtEnd() throws {
    let elements = Data([8, 0, 8, 1, 0x55, 0x54, 0, 0])
    let rest = try Self.bytes(inFront: Data())
    let whole = try Self.bytes(inFront: elements)
    let data = whole.prefix(whole.count - rest.count + 144 + Int(rest[140]))
    #expect(data.suffix(8) == elements)
    let error = #expect(throws: ImageError.self) { try header(data) }
    #expect(error?.code == .truncated)
  }

  @Test("GDCM's libraries find this program's way out of a failed check, not the C library's")
  func interposition() {
    let library = unsafe dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD)
    let original = unsafe dlsym(library, "__assert_fail")
    // Libraries look in the program first, as a search without a handle does.
    let found = unsafe dlsym(nil, "__assert_fail")
    #expect(unsafe original != nil && found != nil && found != original)
  }

  @Test("A check that fails anywhere else still ends the process")
  func checkOutside() async {
    await #expect(processExitsWith: .signal(SIGABRT)) {
      typealias Check =
        @convention(c) (
          UnsafePointer<CChar>, UnsafePointer<CChar>, CUnsignedInt, UnsafePointer<CChar>?
        ) -> Void
      let function = unsafe dlsym(nil, "__assert_fail")
      unsafe unsafeBitCast(function, to: Check.self)("a == b", "file.c", 1, nil)
    }
  }
}
