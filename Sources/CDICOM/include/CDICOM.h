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

#ifdef __cplusplus
}
#endif

#pragma clang assume_nonnull end

#endif
