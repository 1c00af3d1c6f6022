// SPDX-License-Identifier: Apache-2.0
//
// JPEG 2000 goes to OpenJPEG directly, not through GDCM's codec: that one prints OpenJPEG's words,
// keeps the memory of images that cannot be decoded, and reads past the end of damaged ones.
#ifndef CXR_CDICOM_JPEG2000_H
#define CXR_CDICOM_JPEG2000_H

#include "CDICOM.h"

#include <cstddef>
#include <string>

namespace cxr {

/// A side of an image after it was halved as a frame says, rounded up.
inline size_t halved(uint32_t side, const cxr_dicom_frame &frame) {
  return (size_t(side) + (size_t(1) << frame.halvings) - 1) >> frame.halvings;
}

/// Decodes a gray codestream whose beginning says what `frame` says, at the size that it asks for:
/// of the wavelets the last ones are left out.
bool decodeJPEG2000(
  const cxr_dicom_frame &frame, const uint8_t *codestream, size_t count, uint8_t *pixels);

/// Encodes gray pixels without loss; empty if that fails.
std::string encodeJPEG2000(
  const uint16_t *pixels, uint32_t width, uint32_t height, uint8_t precision);

}  // namespace cxr

#endif
