// SPDX-License-Identifier: Apache-2.0
//
// JPEG 2000 goes to OpenJPEG directly, not through GDCM's codec: that one prints OpenJPEG's words,
// keeps the memory of images that cannot be decoded, and reads past the end of damaged ones.
#ifndef CXR_CDICOM_JPEG2000_H
#define CXR_CDICOM_JPEG2000_H

#include "CDICOM.h"

#include <string>

namespace cxr {

/// Decodes a gray codestream whose beginning says what `frame` says.
bool decodeJPEG2000(
  const cxr_dicom_frame &frame, const uint8_t *codestream, size_t count, uint8_t *pixels);

/// Encodes gray pixels without loss; empty if that fails.
std::string encodeJPEG2000(
  const uint16_t *pixels, uint32_t width, uint32_t height, uint8_t precision);

}  // namespace cxr

#endif
