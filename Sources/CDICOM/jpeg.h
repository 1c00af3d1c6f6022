// SPDX-License-Identifier: Apache-2.0
//
// JPEG frames of 8, 12 and 16 bits go to the three builds of libjpeg that come with GDCM, the only
// ones here that know lossless frames. GDCM's own codec around them prints what they report, keeps
// their memory when a frame ends early, and does not end when a table goes beyond the frame.
#ifndef CXR_CDICOM_JPEG_H
#define CXR_CDICOM_JPEG_H

#include "CDICOM.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Decodes a gray frame of up to 8 bits, a byte a pixel.
bool cxr_jpeg_decode_8(
  const cxr_dicom_frame *_Nonnull frame, const uint8_t *_Nonnull codestream, size_t count,
  uint8_t *_Nonnull pixels);

/// Decodes a gray frame of 9 to 12 bits, a little-endian word a pixel.
bool cxr_jpeg_decode_12(
  const cxr_dicom_frame *_Nonnull frame, const uint8_t *_Nonnull codestream, size_t count,
  uint8_t *_Nonnull pixels);

/// Decodes a gray frame of 13 to 16 bits, a little-endian word a pixel.
bool cxr_jpeg_decode_16(
  const cxr_dicom_frame *_Nonnull frame, const uint8_t *_Nonnull codestream, size_t count,
  uint8_t *_Nonnull pixels);

#ifdef __cplusplus
}
#endif

#endif
