// SPDX-License-Identifier: Apache-2.0
//
// PNG through libpng, as C without jumps: what libpng reports by longjmp ends in here as a status
// and a message. Nothing is printed.
#ifndef CXR_CPNG_H
#define CXR_CPNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// How a call ended.
typedef enum __attribute__((enum_extensibility(closed))) {
  cxr_png_done,
  cxr_png_truncated,
  cxr_png_malformed,
  cxr_png_too_large,
  cxr_png_no_memory,
} cxr_png_status;

/// What the beginning of a file says about the image.
typedef struct {
  uint32_t width;
  uint32_t height;
  /// The bits of a decoded sample, 1 to 16; colours of a palette have 8.
  uint8_t bit_depth;
  /// The samples of a decoded pixel, 1 to 4.
  uint8_t channel_count;
  /// The bytes that decoding takes beside the pixels that it gives.
  size_t scratch_byte_count;
} cxr_png_info;

/// A file that is being decoded.
typedef struct cxr_png_decoder cxr_png_decoder;

/// Begins to decode; NULL when memory is short. The bytes must outlive the decoder.
///
/// Chunks that do not bear on the pixels are passed over without being unpacked. No chunk may take
/// more than 8 MB of memory. If a side is longer than stated, nothing is taken for it: the status is
/// then `cxr_png_too_large`, and of the information only the sides are valid.
cxr_png_decoder *_Nullable cxr_png_open(const uint8_t *bytes, size_t count, uint32_t side_limit);

/// Ends a decoder.
void cxr_png_close(cxr_png_decoder *decoder);

/// How the last call ended.
cxr_png_status cxr_png_get_status(const cxr_png_decoder *decoder);

/// libpng's words on what is wrong; they live as long as the decoder.
const char *cxr_png_get_words(const cxr_png_decoder *decoder);

/// What the file says; valid when opening it was done.
cxr_png_info cxr_png_get_info(const cxr_png_decoder *decoder);

/// Decodes the first channel of an image whose samples have up to 8 bits, once.
///
/// `count` is width times height.
cxr_png_status cxr_png_decode_bytes(cxr_png_decoder *decoder, uint8_t *pixels, size_t count);

/// Decodes the first channel of an image whose samples have 16 bits, once.
///
/// `count` is width times height.
cxr_png_status cxr_png_decode_words(cxr_png_decoder *decoder, uint16_t *pixels, size_t count);

/// A file that has been put together.
typedef struct {
  uint8_t *_Nullable bytes;
  size_t count;
} cxr_png_file;

/// Lays an image of 8 or 16 bits a sample out as a file, to be ended with `cxr_png_file_free`.
///
/// A row of `pixels` has `width` pixels of 1 sample, gray, or of 4, colours and opacity, each a
/// byte or a 16-bit word. `level` is zlib's, 0 to 9.
///
/// `texts` has a keyword and a text for each of `text_count` entries, one after the other, each
/// ended by a zero byte. Keywords are those of PNG: 1 to 79 characters of ASCII. Texts in ASCII
/// become tEXt chunks, others, which must be UTF-8, iTXt chunks, all before the pixels.
cxr_png_status cxr_png_encode(
  const void *pixels, uint32_t width, uint32_t height, uint8_t bit_depth, uint8_t channel_count,
  int level, const char *_Nullable texts, size_t text_count, cxr_png_file *file);

/// Ends a file.
void cxr_png_file_free(cxr_png_file *file);

#pragma clang assume_nonnull end

#endif
