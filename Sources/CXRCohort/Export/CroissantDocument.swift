// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
public import CXRFiles
internal import CXRCore

/// The description of an exported table in Croissant 1.0, which data loaders and catalogues read.
///
///     let document = CroissantDocument(
///       name: "nih-train", fileName: "nih-train.csv", digest: digest, columns: columns,
///       rowCount: 86_524, origins: try catalog.lineages(of: source), commandLine: commandLine,
///       writtenAt: now)
///     try JSONDocument.encode(document)
///
/// The table lies beside the description; its SHA-256 ties the two together. Provenance is given
/// with schema.org and PROV-O: the official files with their hashes, and the command that wrote.
///
/// - SeeAlso: MLCommons, *Croissant Format Specification* 1.0,
///   <https://docs.mlcommons.org/croissant/docs/croissant-spec.html>; W3C PROV-O,
///   <https://www.w3.org/TR/prov-o/>.
public struct CroissantDocument: Encodable, Sendable {
  private let root: JSONNode

  /// Describes a table.
  ///
  /// - Parameters:
  ///   - name: The name of the data, such as a cohort's.
  ///   - fileName: The name of the table's file, beside the description.
  ///   - digest: What identifies the table's bytes.
  ///   - columns: The columns of the table.
  ///   - rowCount: The number of radiographs in it.
  ///   - origins: Where their datasets came from.
  ///   - commandLine: The command that wrote the table.
  ///   - writtenAt: When it was written, in ISO 8601.
  public init(
    name: String, fileName: String, digest: FileDigest, columns: [ExportColumn], rowCount: Int,
    origins: [DatasetLineage], commandLine: String, writtenAt: String
  ) {
    let titles = NumberText.list(origins.map(\.title))
    var members: [String: JSONNode] = [
      "@context": Self.context, "@type": "sc:Dataset",
      "conformsTo": "http://mlcommons.org/croissant/1.0", "name": .text(name),
      "description": .text(
        "\(NumberText.count(rowCount, "radiograph")) of \(titles): metadata, findings in five "
          + "states and native labels, one row per radiograph. Images are not included."),
      "datePublished": .text(writtenAt), "version": .text(Version.current),
      "distribution": [
        [
          "@type": "cr:FileObject", "@id": "table", "name": .text(fileName),
          "contentUrl": .text(fileName), "contentSize": .text("\(digest.byteCount) B"),
          "encodingFormat": "text/csv", "sha256": .text(digest.sha256),
        ]
      ],
      "recordSet": [Self.recordSet(columns)],
      "isBasedOn": .list(origins.map(Self.dataset)),
      "prov:wasGeneratedBy": Self.activity(commandLine, at: writtenAt),
    ]
    let terms = origins.map { DatasetTerms(descriptor: $0.descriptor) }
    let licences = terms.compactMap(\.licence).distinct
    if !licences.isEmpty { members["license"] = .list(licences.map(JSONNode.text)) }
    let citations = terms.compactMap(\.citation).distinct
    if !citations.isEmpty { members["citeAs"] = .text(citations.joined(separator: "; ")) }
    if let homepage = terms.compactMap(\.homepage).first { members["url"] = .text(homepage) }
    root = .object(members)
  }

  /// Writes the description as JSON-LD.
  ///
  /// - Parameter encoder: The encoder.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws { try root.encode(to: encoder) }

  private static func recordSet(_ columns: [ExportColumn]) -> JSONNode {
    let set = "radiographs"
    let fields = columns.map { column -> JSONNode in
      let dataType =
        switch column.kind {
        case .text: "sc:Text"
        case .integer: "sc:Integer"
        case .number: "sc:Float"
        }
      return [
        // Identifiers may not hold blanks.
        "@type": "cr:Field", "@id": .text("\(set)/\(column.name.replacing(" ", with: "_"))"),
        "name": .text(column.name), "description": .text(column.meaning),
        "dataType": .text(dataType),
        "source": [
          "fileObject": ["@id": "table"], "extract": ["column": .text(column.name)],
        ],
      ]
    }
    return [
      "@type": "cr:RecordSet", "@id": .text(set), "name": .text(set),
      "description": "One record per radiograph.",
      "key": [["@id": .text("\(set)/dataset")], ["@id": .text("\(set)/imageName")]],
      "field": .list(fields),
    ]
  }

  private static func dataset(_ origin: DatasetLineage) -> JSONNode {
    let terms = DatasetTerms(descriptor: origin.descriptor)
    let files = origin.sources.map { file -> JSONNode in
      [
        "@type": "sc:MediaObject", "name": .text(file.fileName), "description": .text(file.role),
        "sha256": .text(file.sha256), "contentSize": .text("\(file.byteCount) B"),
      ]
    }
    var members: [String: JSONNode] = [
      "@type": "sc:CreativeWork", "name": .text(origin.title), "identifier": .text(origin.name),
      "hasPart": .list(files),
      "prov:wasGeneratedBy": activity(
        origin.commandLine, at: origin.readAt, version: origin.softwareVersion),
    ]
    members["license"] = terms.licence.map(JSONNode.text)
    members["citation"] = terms.citation.map(JSONNode.text)
    members["url"] = terms.homepage.map(JSONNode.text)
    return .object(members)
  }

  /// What a command did, and with which version of the program.
  private static func activity(
    _ commandLine: String, at time: String, version: String = Version.current
  ) -> JSONNode {
    [
      "@type": "prov:Activity", "prov:label": .text(commandLine), "prov:endedAtTime": .text(time),
      "prov:wasAssociatedWith": [
        "@type": "prov:SoftwareAgent", "prov:label": .text("cxr \(version)"),
      ],
    ]
  }
}
