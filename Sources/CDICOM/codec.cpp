// SPDX-License-Identifier: Apache-2.0
//
// Encapsulated pixels. What a frame says of itself was compared with the header and with limits
// by the caller; the libraries that GDCM's codecs call are called directly, because the codecs
// around them are not up to damaged frames.
#include "CDICOM.h"
#include "guard.h"
#include "jpeg.h"
#include "jpeg2000.h"

#include <charls/charls.h>

#include <memory>
#include <string>

namespace {

bool decodeJPEGLS(
  const cxr_dicom_frame &frame, const uint8_t *codestream, size_t codestreamCount,
  uint8_t *pixels, size_t count) {
  const std::unique_ptr<charls_jpegls_decoder, decltype(&charls_jpegls_decoder_destroy)> decoder(
    charls_jpegls_decoder_create(), charls_jpegls_decoder_destroy);
  const auto isDone = [](charls_jpegls_errc code) { return code == charls_jpegls_errc::success; };
  // Without a marker at the end, CharLS 2.4.1 takes seconds to notice that bits have run out.
  const std::string frameWithEnd =
    std::string(reinterpret_cast<const char *>(codestream), codestreamCount) + "\xFF\xD9";
  charls_frame_info info;
  return decoder
    && isDone(charls_jpegls_decoder_set_source_buffer(
      decoder.get(), frameWithEnd.data(), frameWithEnd.size()))
    && isDone(charls_jpegls_decoder_read_header(decoder.get()))
    && isDone(charls_jpegls_decoder_get_frame_info(decoder.get(), &info))
    && info.width == frame.width && info.height == frame.height && info.component_count == 1
    && info.bits_per_sample == frame.precision
    && isDone(charls_jpegls_decoder_decode_to_buffer(decoder.get(), pixels, count, 0));
}

bool decode(
  const cxr_dicom_frame &frame, const uint8_t *codestream, size_t codestreamCount,
  uint8_t *pixels, size_t count) {
  switch (frame.codec) {
    case cxr_dicom_codec_jpeg:
      if (frame.precision <= 8) {
        return cxr_jpeg_decode_8(&frame, codestream, codestreamCount, pixels);
      } else if (frame.precision <= 12) {
        return cxr_jpeg_decode_12(&frame, codestream, codestreamCount, pixels);
      }
      return cxr_jpeg_decode_16(&frame, codestream, codestreamCount, pixels);
    case cxr_dicom_codec_jpeg_ls:
      return decodeJPEGLS(frame, codestream, codestreamCount, pixels, count);
    case cxr_dicom_codec_jpeg_2000:
      return cxr::decodeJPEG2000(frame, codestream, codestreamCount, pixels);
  }
}

}  // namespace

const char *cxr_dicom_decode(
  cxr_dicom_frame frame, const uint8_t *codestream, size_t codestream_count, uint8_t *pixels,
  size_t count) {
  const size_t pixelCount = cxr::halved(frame.width, frame) * cxr::halved(frame.height, frame);
  if (count != pixelCount * (frame.precision > 8 ? 2 : 1)
      || (frame.halvings > 0 && frame.codec != cxr_dicom_codec_jpeg_2000)) {
    return "the pixels do not fit";
  }
  const char *problem = nullptr;
  const char *const check = cxr::failedCheck([&]() noexcept {
    try {
      if (!decode(frame, codestream, codestream_count, pixels, count)) {
        problem = "the codestream cannot be decoded";
      }
    } catch (...) {
      problem = "the codestream cannot be decoded";
    }
  });
  return check ? check : problem;
}
