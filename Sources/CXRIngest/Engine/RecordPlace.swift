// SPDX-License-Identifier: Apache-2.0

/// Where a value comes from: a file, and a line of it if there is one.
struct RecordPlace {
  let file: String
  let line: Int?
}
