// SPDX-License-Identifier: Apache-2.0
//
// The body of a decoder, to be included behind one of the three jpeglib.h with the name of the
// function in CXR_JPEG_DECODE.
#include "jpeg.h"

#include <gdcm-3.0/gdcmjpeg/jerror.h>

#include <setjmp.h>
#include <string.h>

typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf environment;
} errors;

typedef struct {
  struct jpeg_source_mgr manager;
  bool has_ended;
} source;

static void leave(j_common_ptr info) { longjmp(((errors *)info->err)->environment, 1); }

/// What libjpeg warns of has cost pixels, but for one thing that old writers get wrong.
static void weigh_message(j_common_ptr info, int level) {
  if (level < 0 && info->err->msg_code != JWRN_NOT_SEQUENTIAL) leave(info);
}

static void say_nothing(j_common_ptr info) { (void)info; }

static void begin_or_end(j_decompress_ptr info) { (void)info; }

/// Gives an end to frames that lack one; those that go on asking end too early.
static boolean fill(j_decompress_ptr info) {
  static const JOCTET end[] = {0xFF, JPEG_EOI};
  source *const input = (source *)info->src;
  if (input->has_ended) leave((j_common_ptr)info);
  input->has_ended = true;
  input->manager.next_input_byte = end;
  input->manager.bytes_in_buffer = sizeof end;
  return TRUE;
}

static void skip(j_decompress_ptr info, long count) {
  if (count <= 0) return;
  if ((size_t)count > info->src->bytes_in_buffer) leave((j_common_ptr)info);
  info->src->next_input_byte += count;
  info->src->bytes_in_buffer -= (size_t)count;
}

/// Decodes; jumps when that fails.
static void decode(
  j_decompress_ptr info, source *input, const cxr_dicom_frame *frame, uint8_t *pixels) {
  jpeg_create_decompress(info);
  info->src = &input->manager;
  jpeg_read_header(info, TRUE);
  if (info->image_width != frame->width || info->image_height != frame->height
      || info->num_components != 1 || info->data_precision != frame->precision) {
    leave((j_common_ptr)info);
  }
  jpeg_start_decompress(info);
  while (info->output_scanline < info->output_height) {
    const size_t offset = (size_t)info->output_scanline * frame->width * sizeof(JSAMPLE);
    JSAMPROW row = (JSAMPROW)(void *)(pixels + offset);
    if (jpeg_read_scanlines(info, &row, 1) != 1) leave((j_common_ptr)info);
  }
}

bool CXR_JPEG_DECODE(
  const cxr_dicom_frame *frame, const uint8_t *codestream, size_t count, uint8_t *pixels) {
  struct jpeg_decompress_struct info;
  memset(&info, 0, sizeof info);
  errors problems;
  info.err = jpeg_std_error(&problems.manager);
  problems.manager.error_exit = leave;
  problems.manager.emit_message = weigh_message;
  problems.manager.output_message = say_nothing;
  source input = {
    {.next_input_byte = codestream, .bytes_in_buffer = count, .init_source = begin_or_end,
     .fill_input_buffer = fill, .skip_input_data = skip,
     .resync_to_restart = jpeg_resync_to_restart, .term_source = begin_or_end},
    false};
  volatile bool is_decoded = false;
  if (setjmp(problems.environment) == 0) {
    decode(&info, &input, frame, pixels);
    is_decoded = true;
  }
  jpeg_destroy_decompress(&info);
  return is_decoded;
}
