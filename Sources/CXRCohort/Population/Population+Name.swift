// SPDX-License-Identifier: Apache-2.0

extension Population {
  /// The same counts under another name, for tables put together from several requests.
  ///
  /// - Parameter name: The name of the column.
  /// - Returns: The population.
  public func renamed(_ name: String) -> Population {
    Population(
      name: name, radiographCount: radiographCount, studyCount: studyCount,
      patientCount: patientCount, age: age, ageDifference: ageDifference, sections: sections,
      reason: reason)
  }
}
