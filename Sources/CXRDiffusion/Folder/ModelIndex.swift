// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// What `model_index.json` says that a folder holds.
public struct ModelIndex: Hashable, Sendable {
  /// The Python class of the whole model.
  public var className: String
  /// The library and the class of each part, by the name of its folder; absent ones are left out.
  public var parts: [String: Part]

  /// The Python class of a part.
  public struct Part: Hashable, Sendable {
    /// The library.
    public var library: String
    /// The name of the class.
    public var className: String

    /// Names a class.
    public init(library: String, className: String) {
      self.library = library
      self.className = className
    }
  }

  /// Creates an index.
  public init(className: String, parts: [String: Part]) {
    self.className = className
    self.parts = parts
  }
}

extension ModelIndex: Codable {
  /// Reads diffusers' JSON; entries of other forms are ignored.
  public init(from decoder: any Decoder) throws {
    let entries = try decoder.singleValueContainer().decode([String: ConfigurationValue].self)
    className = if case .text(let name)? = entries["_class_name"] { name } else { "" }
    parts = entries.compactMapValues { value in
      guard case .list(let values) = value, values.count == 2,
        case .text(let library) = values[0], case .text(let name) = values[1]
      else { return nil }
      return Part(library: library, className: name)
    }
  }

  /// Writes what diffusers reads; the parts of Stable Diffusion that are not there are said to be
  /// absent.
  public func encode(to encoder: any Encoder) throws {
    var entries: [String: ConfigurationValue] = [
      "_class_name": .text(className), "requires_safety_checker": false,
    ]
    for name in ["safety_checker", "feature_extractor", "image_encoder"] {
      entries[name] = .list([.null, .null])
    }
    for (name, part) in parts {
      entries[name] = .list([.text(part.library), .text(part.className)])
    }
    var container = encoder.singleValueContainer()
    try container.encode(entries)
  }
}
