// SPDX-License-Identifier: Apache-2.0
#include "jpeg2000.h"

#include <openjpeg-2.5/openjpeg.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

namespace {

/// Bytes that OpenJPEG reads, or those that it has written.
struct Source {
  const uint8_t *bytes;
  size_t count;
  size_t position = 0;
};

OPJ_SIZE_T readBytes(void *target, OPJ_SIZE_T count, void *context) {
  Source &source = *static_cast<Source *>(context);
  const size_t available = std::min(count, source.count - source.position);
  // OpenJPEG's sign for the end.
  if (available == 0) return static_cast<OPJ_SIZE_T>(-1);
  std::memcpy(target, source.bytes + source.position, available);
  source.position += available;
  return available;
}

OPJ_OFF_T skipBytes(OPJ_OFF_T count, void *context) {
  Source &source = *static_cast<Source *>(context);
  if (count < 0) return -1;
  const size_t available = std::min<size_t>(count, source.count - source.position);
  source.position += available;
  return static_cast<OPJ_OFF_T>(available);
}

OPJ_BOOL seekByte(OPJ_OFF_T position, void *context) {
  Source &source = *static_cast<Source *>(context);
  if (position < 0 || static_cast<size_t>(position) > source.count) return OPJ_FALSE;
  source.position = position;
  return OPJ_TRUE;
}

OPJ_SIZE_T writeBytes(void *bytes, OPJ_SIZE_T count, void *context) {
  static_cast<std::string *>(context)->append(static_cast<const char *>(bytes), count);
  return count;
}

void ignore(const char *, void *) {}

using Codec = std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)>;
using Stream = std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)>;
using Image = std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)>;

void silence(opj_codec_t *codec) {
  opj_set_info_handler(codec, ignore, nullptr);
  opj_set_warning_handler(codec, ignore, nullptr);
  opj_set_error_handler(codec, ignore, nullptr);
}

/// Whether a codestream ends with the marker for it; some writers fill up behind it.
///
/// OpenJPEG leaves tiles black that a codestream has been cut in front of, even in strict mode.
bool hasEnd(const uint8_t *codestream, size_t count) {
  const std::string_view bytes(reinterpret_cast<const char *>(codestream), count);
  return bytes.substr(count - std::min<size_t>(count, 16)).find("\xFF\xD9") != bytes.npos;
}

Image read(opj_codec_t *codec, Source &source) {
  const Stream stream(opj_stream_default_create(OPJ_TRUE), opj_stream_destroy);
  opj_stream_set_user_data(stream.get(), &source, nullptr);
  opj_stream_set_user_data_length(stream.get(), source.count);
  opj_stream_set_read_function(stream.get(), readBytes);
  opj_stream_set_skip_function(stream.get(), skipBytes);
  opj_stream_set_seek_function(stream.get(), seekByte);
  opj_image_t *header = nullptr;
  const bool hasHeader = opj_read_header(stream.get(), codec, &header);
  Image image(header, opj_image_destroy);
  const bool isDecoded = hasHeader && opj_decode(codec, stream.get(), header)
    && opj_end_decompress(codec, stream.get());
  if (!isDecoded) image.reset();
  return image;
}

}  // namespace

bool cxr::decodeJPEG2000(
  const cxr_dicom_frame &frame, const uint8_t *codestream, size_t count, uint8_t *pixels) {
  if (!hasEnd(codestream, count)) return false;
  const Codec codec(opj_create_decompress(OPJ_CODEC_J2K), opj_destroy_codec);
  silence(codec.get());
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  parameters.cp_reduce = frame.halvings;
  // Pixels of a codestream that ends early are missing: that is an error, not a warning.
  if (!opj_setup_decoder(codec.get(), &parameters)
      || !opj_decoder_set_strict_mode(codec.get(), OPJ_TRUE)) {
    return false;
  }
  Source source{codestream, count};
  const Image image = read(codec.get(), source);
  if (!image || image->numcomps != 1) return false;
  const opj_image_comp_t &component = image->comps[0];
  const size_t width = halved(frame.width, frame), height = halved(frame.height, frame);
  if (!component.data || component.w != width || component.h != height
      || component.prec != frame.precision) {
    return false;
  }
  const size_t pixelCount = width * height;
  if (frame.precision <= 8) {
    for (size_t i = 0; i < pixelCount; i += 1) pixels[i] = static_cast<uint8_t>(component.data[i]);
  } else {
    for (size_t i = 0; i < pixelCount; i += 1) {
      const auto word = static_cast<uint16_t>(component.data[i]);
      std::memcpy(pixels + 2 * i, &word, sizeof word);
    }
  }
  return true;
}

std::string cxr::encodeJPEG2000(
  const uint16_t *pixels, uint32_t width, uint32_t height, uint8_t precision) {
  opj_image_cmptparm_t component = {};
  component.dx = component.dy = 1;
  component.w = width;
  component.h = height;
  component.prec = precision;
  const Image image(opj_image_create(1, &component, OPJ_CLRSPC_GRAY), opj_image_destroy);
  if (!image) return {};
  image->x1 = width;
  image->y1 = height;
  std::copy(pixels, pixels + size_t(width) * height, image->comps[0].data);

  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  // The comment would name the version of OpenJPEG.
  char comment[] = "";
  parameters.cp_comment = comment;
  while (parameters.numresolution > 1 && (std::min(width, height) >> parameters.numresolution) < 1) {
    parameters.numresolution -= 1;
  }
  const Codec codec(opj_create_compress(OPJ_CODEC_J2K), opj_destroy_codec);
  silence(codec.get());
  std::string bytes;
  const Stream stream(opj_stream_default_create(OPJ_FALSE), opj_stream_destroy);
  opj_stream_set_user_data(stream.get(), &bytes, nullptr);
  opj_stream_set_write_function(stream.get(), writeBytes);
  const bool isEncoded = opj_setup_encoder(codec.get(), &parameters, image.get())
    && opj_start_compress(codec.get(), image.get(), stream.get())
    && opj_encode(codec.get(), stream.get()) && opj_end_compress(codec.get(), stream.get());
  return isEncoded ? bytes : std::string();
}
