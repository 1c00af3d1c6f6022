// SPDX-License-Identifier: Apache-2.0
//
// DICOM headers through GDCM, as C. No exception and no GDCM type crosses this line.
//
// Tags are numbers: the group in the upper 16 bits, the element in the lower 16.
#ifndef CXR_CDICOM_H
#define CXR_CDICOM_H

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

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end

#endif
