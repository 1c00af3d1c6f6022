// SPDX-License-Identifier: Apache-2.0
#include "CPNG.h"

#include <png.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cxr_png_decoder {
  png_structp png;
  png_infop info;
  const uint8_t *bytes;
  size_t count;
  size_t position;
  bool ran_out;
  /// Rows with all their channels: one, or for an interlaced image all of them.
  uint8_t *scratch;
  cxr_png_info facts;
  bool is_interlaced;
  cxr_png_status status;
  char words[128];
};

/// The most bytes that libpng may allocate for a chunk.
static const size_t chunk_byte_limit = 8000000;

static void note_error(png_structp png, png_const_charp words) {
  cxr_png_decoder *const decoder = png_get_error_ptr(png);
  snprintf(decoder->words, sizeof decoder->words, "%s", words);
  decoder->status = decoder->ran_out ? cxr_png_truncated : cxr_png_malformed;
  png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp words) {
  (void)png;
  (void)words;
}

static void read_bytes(png_structp png, png_bytep target, size_t count) {
  cxr_png_decoder *const decoder = png_get_io_ptr(png);
  if (count > decoder->count - decoder->position) {
    decoder->ran_out = true;
    png_error(png, "the file ends too early");
  }
  memcpy(target, decoder->bytes + decoder->position, count);
  decoder->position += count;
}

/// Reads what stands in front of the pixels, and says how they shall come.
static void read_info(cxr_png_decoder *decoder, uint32_t side_limit) {
  png_structp const png = decoder->png;
  png_infop const info = decoder->info;
  if (setjmp(png_jmpbuf(png)) != 0) return;
  png_read_info(png, info);
  decoder->facts.width = png_get_image_width(png, info);
  decoder->facts.height = png_get_image_height(png, info);
  if (decoder->facts.width > side_limit || decoder->facts.height > side_limit) {
    decoder->status = cxr_png_too_large;
    return;
  }
  const png_byte color = png_get_color_type(png, info);
  if (color == PNG_COLOR_TYPE_PALETTE) {
    png_set_palette_to_rgb(png);
  } else {
    png_set_packing(png);
  }
  png_set_swap(png);
  decoder->is_interlaced = png_set_interlace_handling(png) > 1;
  const png_byte depth = png_get_bit_depth(png, info);
  // From here on libpng has buffers for rows.
  png_read_update_info(png, info);
  decoder->facts.bit_depth = color == PNG_COLOR_TYPE_PALETTE ? 8 : depth;
  decoder->facts.channel_count = png_get_channels(png, info);
  const size_t row_byte_count = png_get_rowbytes(png, info);
  if (decoder->is_interlaced) {
    decoder->facts.scratch_byte_count = row_byte_count * decoder->facts.height;
  } else {
    decoder->facts.scratch_byte_count = row_byte_count;
  }
}

cxr_png_decoder *cxr_png_open(const uint8_t *bytes, size_t count, uint32_t side_limit) {
  cxr_png_decoder *const decoder = calloc(1, sizeof *decoder);
  if (!decoder) return NULL;
  decoder->bytes = bytes;
  decoder->count = count;
  decoder->png =
    png_create_read_struct(PNG_LIBPNG_VER_STRING, decoder, note_error, ignore_warning);
  decoder->info = decoder->png ? png_create_info_struct(decoder->png) : NULL;
  if (!decoder->info) {
    cxr_png_close(decoder);
    return NULL;
  }
  png_set_read_fn(decoder->png, decoder, read_bytes);
  png_set_user_limits(decoder->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_chunk_malloc_max(decoder->png, chunk_byte_limit);
  // Everything but IHDR, PLTE, tRNS, IDAT and IEND.
  png_set_keep_unknown_chunks(decoder->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  read_info(decoder, side_limit);
  return decoder;
}

void cxr_png_close(cxr_png_decoder *decoder) {
  png_destroy_read_struct(&decoder->png, &decoder->info, NULL);
  free(decoder->scratch);
  free(decoder);
}

cxr_png_status cxr_png_get_status(const cxr_png_decoder *decoder) { return decoder->status; }

const char *cxr_png_get_words(const cxr_png_decoder *decoder) { return decoder->words; }

cxr_png_info cxr_png_get_info(const cxr_png_decoder *decoder) { return decoder->facts; }

/// Copies the first channel of a row.
static void copy_channel(
  const cxr_png_decoder *decoder, const uint8_t *row, uint8_t *bytes, uint16_t *words) {
  const size_t width = decoder->facts.width;
  const size_t step = decoder->facts.channel_count;
  if (bytes) {
    for (size_t x = 0; x < width; x += 1) bytes[x] = row[x * step];
  } else {
    const uint16_t *const samples = (const uint16_t *)row;
    for (size_t x = 0; x < width; x += 1) words[x] = samples[x * step];
  }
}

/// Decodes into one of the two stores.
static cxr_png_status decode(
  cxr_png_decoder *decoder, uint8_t *bytes, uint16_t *words, size_t count) {
  png_structp const png = decoder->png;
  const size_t width = decoder->facts.width;
  const size_t height = decoder->facts.height;
  const size_t row_byte_count = png_get_rowbytes(png, decoder->info);
  const bool is_wide = decoder->facts.bit_depth == 16;
  if (count != width * height || is_wide != (words != NULL) || decoder->scratch) {
    return decoder->status = cxr_png_malformed;
  }
  decoder->scratch = malloc(decoder->facts.scratch_byte_count);
  if (!decoder->scratch) return decoder->status = cxr_png_no_memory;
  if (setjmp(png_jmpbuf(png)) != 0) return decoder->status;
  if (decoder->is_interlaced) {
    memset(decoder->scratch, 0, decoder->facts.scratch_byte_count);
    for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; pass += 1) {
      for (size_t y = 0; y < height; y += 1) {
        png_read_row(png, decoder->scratch + y * row_byte_count, NULL);
      }
    }
  }
  for (size_t y = 0; y < height; y += 1) {
    uint8_t *const row_bytes = bytes ? bytes + y * width : NULL;
    uint16_t *const row_words = words ? words + y * width : NULL;
    if (decoder->is_interlaced) {
      copy_channel(decoder, decoder->scratch + y * row_byte_count, row_bytes, row_words);
    } else if (decoder->facts.channel_count == 1) {
      // Nothing to leave out: the row goes where it belongs.
      png_read_row(png, row_bytes ? row_bytes : (uint8_t *)row_words, NULL);
    } else {
      png_read_row(png, decoder->scratch, NULL);
      copy_channel(decoder, decoder->scratch, row_bytes, row_words);
    }
  }
  // The checksum of the last pixels, and whether the file goes on to its end.
  png_read_end(png, NULL);
  return decoder->status;
}

cxr_png_status cxr_png_decode_bytes(cxr_png_decoder *decoder, uint8_t *pixels, size_t count) {
  return decode(decoder, pixels, NULL, count);
}

cxr_png_status cxr_png_decode_words(cxr_png_decoder *decoder, uint16_t *pixels, size_t count) {
  return decode(decoder, NULL, pixels, count);
}
