// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import FoundationXML

/// What a reader of an XML document is told, in the order of the document.
protocol XMLElementHandler: AnyObject {
  /// An element begins; its name is without prefix.
  func begin(_ name: Substring, _ attributes: [String: String])
  /// Text, perhaps only a piece of it.
  func text(_ piece: String)
  /// An element ends; its name is without prefix.
  func end(_ name: Substring)
}

/// Walks through an XML document and tells a handler what it meets.
final class XMLElements: NSObject, XMLParserDelegate {
  private let handler: any XMLElementHandler

  private init(_ handler: any XMLElementHandler) { self.handler = handler }

  /// Walks through a document.
  ///
  /// - Parameters:
  ///   - bytes: The document.
  ///   - handler: What to tell.
  /// - Returns: Whether the document is well formed and declares no entities.
  static func walk(_ bytes: [UInt8], telling handler: some XMLElementHandler) -> Bool {
    let elements = XMLElements(handler)
    // Given all at once, a document above 10 MB is refused.
    let parser = XMLParser(stream: InputStream(data: Data(bytes)))
    parser.delegate = elements
    // The parser does not own its delegate.
    return withExtendedLifetime(elements) { parser.parse() && parser.parserError == nil }
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?, attributes attributeDict: [String: String]
  ) { handler.begin(Self.localName(elementName), attributeDict) }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?
  ) { handler.end(Self.localName(elementName)) }

  func parser(_ parser: XMLParser, foundCharacters string: String) { handler.text(string) }

  func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
    handler.text(String(decoding: CDATABlock, as: UTF8.self))
  }

  /// Entities could make a small document large.
  func parser(
    _ parser: XMLParser, foundInternalEntityDeclarationWithName name: String, value: String?
  ) { parser.abortParsing() }

  private static func localName(_ name: String) -> Substring {
    guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name[...] }
    return name[name.utf8.index(after: colon)...]
  }
}
