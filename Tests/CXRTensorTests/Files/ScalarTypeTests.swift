// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import Testing

@Suite("Scalar types")
struct ScalarTypeTests {
  @Test(
    "Every type is found by its name in safetensors and in PyTorch", arguments: ScalarType.allCases)
  func names(_ type: ScalarType) {
    #expect(ScalarType(safetensorsName: type.safetensorsName) == type)
    #expect(ScalarType(rawValue: type.rawValue) == type)
    #expect(Set(ScalarType.allCases.map(\.safetensorsName)).count == ScalarType.allCases.count)
    // Names end in the number of bits, where they have one.
    let bits = type.safetensorsName.prefix { $0 != "_" }.drop { $0.isLetter }
    #expect(bits.isEmpty ? type == .bool : Int(bits) == type.byteCount * 8)
  }

  @Test("Every type of NumPy has one here, of the same size", arguments: NPYHeader.Element.allCases)
  func elements(_ element: NPYHeader.Element) {
    #expect(ScalarType(element).byteCount == element.byteCount)
    #expect(ScalarType(element).numPyElement == element)
  }

  @Test("NumPy lacks bfloat16 and floats of 8 bits; unknown names are unknown")
  func absences() {
    for type in [ScalarType.bfloat16, .float8E4M3, .float8E5M2] {
      #expect(type.numPyElement == nil)
    }
    #expect(ScalarType(safetensorsName: "F4") == nil)
    #expect(ScalarType(safetensorsName: "f32") == nil)
  }
}
