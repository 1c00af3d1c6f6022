// SPDX-License-Identifier: Apache-2.0

/// Reads the texts of header elements as what they stand for.
struct DICOMElementReader {
  /// The texts of the elements that the header has.
  let texts: [DICOMPixelHeader.Element: String]
  /// The file, for the words of errors.
  let file: ImageFile

  /// The first value of an element, or `nil` if there is none.
  func text(_ element: DICOMPixelHeader.Element) -> String? {
    let first = texts[element]?
      .split(separator: "\\", maxSplits: 1, omittingEmptySubsequences: false).first
    let trimmed = first?.split(separator: " ").joined(separator: " ") ?? ""
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The first value of an element as a number, or `nil` if there is none.
  func number(_ element: DICOMPixelHeader.Element) throws(ImageError) -> Double? {
    guard let text = text(element) else { return nil }
    guard let number = Double(text), number.isFinite else { throw unfit(element) }
    return number
  }

  /// The first value of an element as a whole number, or `nil` if there is none.
  func integer(_ element: DICOMPixelHeader.Element) throws(ImageError) -> Int? {
    guard let text = text(element) else { return nil }
    guard let number = Int(text) else { throw unfit(element) }
    return number
  }

  /// The first value of an element as a whole number in a range.
  func integer(
    _ element: DICOMPixelHeader.Element, in range: ClosedRange<Int>, default: Int? = nil
  ) throws(ImageError) -> Int {
    guard let number = try integer(element) ?? `default`, range.contains(number) else {
      throw unfit(element)
    }
    return number
  }

  /// The first window, or `nil` if there is none.
  func window() throws(ImageError) -> DICOMWindow? {
    guard let center = try number(.windowCenter), let width = try number(.windowWidth) else {
      return nil
    }
    guard let shape = DICOMWindow.Shape(rawValue: text(.voiLUTFunction) ?? "LINEAR") else {
      throw unfit(.voiLUTFunction)
    }
    guard DICOMWindow.isValid(width: width, shape: shape) else { throw unfit(.windowWidth) }
    return DICOMWindow(center: center, width: width, shape: shape)
  }

  /// What may be repeated to a reader: a short piece of a text, printable characters only.
  static func quotable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(40).filter { 32..<127 ~= $0.value }))
  }

  private func unfit(_ element: DICOMPixelHeader.Element) -> ImageError {
    let found = text(element).map { "is “\(Self.quotable($0))”" } ?? "is absent"
    let name = "\(element)".prefix(1).uppercased() + "\(element)".dropFirst()
    return file.failure(.malformed, "DICOM", "its element \(name) \(found)")
  }
}
