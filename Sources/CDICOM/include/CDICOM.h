// SPDX-License-Identifier: Apache-2.0
//
// DICOM headers through GDCM, as C. No exception and no GDCM type crosses this line.
//
// Tags are numbers: the group in the upper 16 bits, the element in the lower 16.
#ifndef CXR_CDICOM_H
#define CXR_CDICOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

#ifdef __cplusplus
extern "C" {
#endif

/// A header that is being put together.
typedef struct cxr_dicom_draft cxr_dicom_draft;

/// Begins a header; NULL when memory is short.
cxr_dicom_draft *_Nullable cxr_dicom_draft_new(void);

/// Ends a draft.
void cxr_dicom_draft_free(cxr_dicom_draft *draft);

/// Sets an element from its text; values are separated by backslashes.
///
/// Returns NULL, or a few words on why the text is no value of that element.
const char *_Nullable cxr_dicom_draft_set(
  cxr_dicom_draft *draft, uint32_t tag, const char *text, size_t count);

/// Lays the header out as a DICOM file.
///
/// Returns NULL, or a few words on what is wrong. The bytes live as long as the draft.
const char *_Nullable cxr_dicom_draft_write(
  cxr_dicom_draft *draft, const char *_Nullable *_Nonnull bytes, size_t *count);

/// How reading a header ended.
typedef enum __attribute__((enum_extensibility(closed))) {
  cxr_dicom_read,
  cxr_dicom_missing,
  cxr_dicom_unreadable,
  cxr_dicom_truncated,
  cxr_dicom_malformed,
  cxr_dicom_unsupported,
} cxr_dicom_status;

/// The values that were asked for, or why there are none.
typedef struct cxr_dicom_header cxr_dicom_header;

/// Reads elements of the header of a file, at least one; NULL when memory is short.
///
/// Nothing behind the last of these elements is read. However the file is damaged, no more than
/// 4 MiB of it are read and no more than some 100 KiB of memory are taken.
cxr_dicom_header *_Nullable cxr_dicom_header_read(
  const char *path, const uint32_t *tags, size_t count);

/// Reads elements of the header of a file that is in memory, its lookup tables, and where its
/// pixels are; NULL when memory is short. At least one element is asked for.
///
/// No more memory is taken than the file itself takes, and some 100 KiB.
cxr_dicom_header *_Nullable cxr_dicom_image_read(
  const uint8_t *bytes, size_t byte_count, const uint32_t *tags, size_t count);

/// Ends a header.
void cxr_dicom_header_free(cxr_dicom_header *header);

/// How reading ended.
cxr_dicom_status cxr_dicom_header_status(const cxr_dicom_header *header);

/// What is wrong, in words that follow the path; they live as long as the header.
const char *cxr_dicom_header_problem(const cxr_dicom_header *header);

/// The text of an element by its index among those asked for, or NULL if the header lacks it.
///
/// The text is trimmed, several values are separated by backslashes, and no null ends it. It lives
/// as long as the header.
const char *_Nullable cxr_dicom_header_value(
  const cxr_dicom_header *header, size_t index, size_t *count);

/// The element that holds the pixels.
typedef struct {
  bool is_present;
  /// Whether the pixels are compressed, in fragments.
  bool is_encapsulated;
  bool is_big_endian;
  /// Whether the pixels are 16-bit words, which matters to their bytes in a big-endian file.
  bool has_words;
  /// Where in the file the value begins, and how many bytes it has unless it is encapsulated.
  size_t offset;
  size_t count;
} cxr_dicom_pixels;

/// The element that holds the pixels; valid for a header that was read with its pixels.
cxr_dicom_pixels cxr_dicom_header_pixels(const cxr_dicom_header *header);

/// The fragments of encapsulated pixels, one behind the other; they live as long as the header.
const uint8_t *_Nullable cxr_dicom_header_codestream(
  const cxr_dicom_header *header, size_t *count);

/// A lookup table that a header can have.
typedef enum __attribute__((enum_extensibility(closed))) {
  cxr_dicom_table_modality,
  cxr_dicom_table_voi,
} cxr_dicom_table;

/// A part of a lookup table.
typedef enum __attribute__((enum_extensibility(closed))) {
  cxr_dicom_table_descriptor,
  cxr_dicom_table_entries,
} cxr_dicom_table_part;

/// A part of a lookup table, none if the header lacks it; it lives as long as the header.
const uint16_t *_Nullable cxr_dicom_header_table(
  const cxr_dicom_header *header, cxr_dicom_table table, cxr_dicom_table_part part,
  size_t *count);

/// How encapsulated pixels are compressed.
typedef enum __attribute__((enum_extensibility(closed))) {
  cxr_dicom_codec_jpeg,
  cxr_dicom_codec_jpeg_ls,
  cxr_dicom_codec_jpeg_2000,
} cxr_dicom_codec;

/// What is known about a codestream before it is decoded.
typedef struct {
  cxr_dicom_codec codec;
  uint32_t width;
  uint32_t height;
  /// The bits of a pixel, 1 to 16.
  uint8_t precision;
  /// How often a JPEG 2000 image is halved, at most as often as it was when it was compressed; 0 for
  /// the others. Sides that do not divide are rounded up.
  uint8_t halvings;
} cxr_dicom_frame;

/// Decodes a gray codestream, whose beginning must say what `frame` says.
///
/// `width` and `height` are those of the whole image, whatever it is halved to. A pixel takes a byte if the precision is at most 8, a little-endian word otherwise; `count` is
/// what all of them take. Returns NULL, or a few words on what is wrong.
const char *_Nullable cxr_dicom_decode(
  cxr_dicom_frame frame, const uint8_t *codestream, size_t codestream_count, uint8_t *pixels,
  size_t count);

/// Sets the pixels of a draft, as they are; `count` is even.
const char *_Nullable cxr_dicom_draft_set_pixels(
  cxr_dicom_draft *draft, const uint8_t *pixels, size_t count);

/// Sets the pixels of a draft, gray and unsigned, compressed by JPEG 2000 without loss.
const char *_Nullable cxr_dicom_draft_set_jpeg_2000(
  cxr_dicom_draft *draft, const uint16_t *pixels, uint32_t width, uint32_t height,
  uint8_t precision);

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end

#endif
