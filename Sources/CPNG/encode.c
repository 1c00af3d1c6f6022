// SPDX-License-Identifier: Apache-2.0
#include "CPNG.h"

#include <png.h>

#include <stdlib.h>
#include <string.h>

/// Where the bytes of a file gather.
typedef struct {
  cxr_png_file *file;
  size_t capacity;
  cxr_png_status status;
} sink;

static void give_up(png_structp png, png_const_charp words) {
  (void)words;
  sink *const target = png_get_error_ptr(png);
  if (target->status == cxr_png_done) target->status = cxr_png_malformed;
  png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp words) {
  (void)png;
  (void)words;
}

static void append(png_structp png, png_bytep bytes, size_t count) {
  sink *const target = png_get_io_ptr(png);
  cxr_png_file *const file = target->file;
  if (count > target->capacity - file->count) {
    const size_t capacity = (file->count + count) * 2;
    uint8_t *const larger = realloc(file->bytes, capacity);
    if (!larger) {
      target->status = cxr_png_no_memory;
      png_error(png, "no memory");
    }
    file->bytes = larger;
    target->capacity = capacity;
  }
  memcpy(file->bytes + file->count, bytes, count);
  file->count += count;
}

static void flush(png_structp png) { (void)png; }

/// Hands over the texts one by one; libpng copies them.
static void set_texts(png_structp png, png_infop info, const char *texts, size_t text_count) {
  for (size_t index = 0; index < text_count; index += 1) {
    const char *const keyword = texts;
    const char *const text = keyword + strlen(keyword) + 1;
    texts = text + strlen(text) + 1;
    bool is_ascii = true;
    for (const char *letter = text; *letter; letter += 1) is_ascii &= (uint8_t)*letter < 0x80;
    png_text entry = {
      .compression = is_ascii ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE,
      .key = (png_charp)keyword,
      .text = (png_charp)text,
    };
    png_set_text(png, info, &entry, 1);
  }
}

static void encode(
  png_structp png, png_infop info, const uint8_t *pixels, uint32_t width, uint32_t height,
  uint8_t bit_depth, uint8_t channel_count, int level, const char *texts, size_t text_count) {
  if (setjmp(png_jmpbuf(png)) != 0) return;
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_IHDR(
    png, info, width, height, bit_depth,
    channel_count == 4 ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(png, level);
  set_texts(png, info, texts, text_count);
  png_write_info(png, info);
  png_set_swap(png);
  const size_t row_byte_count = (size_t)width * channel_count * (bit_depth / 8);
  for (uint32_t y = 0; y < height; y += 1) png_write_row(png, pixels + y * row_byte_count);
  png_write_end(png, NULL);
}

cxr_png_status cxr_png_encode(
  const void *pixels, uint32_t width, uint32_t height, uint8_t bit_depth, uint8_t channel_count,
  int level, const char *texts, size_t text_count, cxr_png_file *file) {
  file->bytes = NULL;
  file->count = 0;
  sink target = {file, 0, cxr_png_done};
  png_structp png =
    png_create_write_struct(PNG_LIBPNG_VER_STRING, &target, give_up, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (info) {
    png_set_write_fn(png, &target, append, flush);
    encode(png, info, pixels, width, height, bit_depth, channel_count, level, texts, text_count);
  } else {
    target.status = cxr_png_no_memory;
  }
  png_destroy_write_struct(&png, &info);
  if (target.status != cxr_png_done) cxr_png_file_free(file);
  return target.status;
}

void cxr_png_file_free(cxr_png_file *file) {
  free(file->bytes);
  file->bytes = NULL;
  file->count = 0;
}
