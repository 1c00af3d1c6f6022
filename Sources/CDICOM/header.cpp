// SPDX-License-Identifier: Apache-2.0
#include "CDICOM.h"
#include "file.h"
#include "guard.h"
#include "walk.h"

#include <gdcm-3.0/gdcmTrace.h>

#include <cerrno>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

namespace {

void fail(cxr_dicom_header &header, const cxr::File &file, cxr::Problem problem) {
  if (file.error() != 0) {
    header.status = file.error() == ENOENT ? cxr_dicom_missing : cxr_dicom_unreadable;
    header.problem = "cannot be read as a file; check the path and its permissions.";
  } else if (file.reachedLimit()) {
    header.status = cxr_dicom_malformed;
    header.problem = "is damaged: its header is longer than any radiograph's.";
  } else {
    header.status = problem.status;
    header.problem = std::move(problem.words);
  }
}

void read(cxr::File &file, cxr_dicom_header &header, bool takesPixels) {
  if (file.error() != 0) return fail(header, file, {});
  cxr::Walk walk(file, header, takesPixels);
  std::optional<cxr::Problem> problem;
  const char *const check = cxr::failedCheck([&]() noexcept {
    try {
      walk.run();
    } catch (const cxr::Problem &found) {
      problem = found;
    } catch (...) {
      problem = cxr::Problem{cxr_dicom_malformed, "is damaged: GDCM cannot read its header."};
    }
  });
  if (check) {
    const bool isAtEnd = file.remaining() == 0;
    problem = isAtEnd ? cxr::Walk::truncated() : cxr::Problem{
      cxr_dicom_malformed, "is damaged: GDCM's check " + std::string(check) + " failed."};
  }
  if (problem) fail(header, file, *problem);
}

/// Reads with a file that is made from the other arguments.
template <typename... Source>
cxr_dicom_header *readHeader(
  const uint32_t *tags, size_t count, bool takesPixels, Source... source) {
  // What GDCM remarks about a file is no business of those who read the program's messages.
  [[maybe_unused]] static const bool isQuiet = [] {
    static std::ostream nowhere(nullptr);
    gdcm::Trace::SetWarningStream(nowhere);
    gdcm::Trace::SetErrorStream(nowhere);
    return true;
  }();
  try {
    cxr::File file(source...);
    auto header = std::make_unique<cxr_dicom_header>();
    header->tags.assign(tags, tags + count);
    header->values.resize(count);
    read(file, *header, takesPixels);
    return header.release();
  } catch (...) {
    return nullptr;
  }
}

}  // namespace

cxr_dicom_header *cxr_dicom_header_read(const char *path, const uint32_t *tags, size_t count) {
  return readHeader(tags, count, false, path);
}

cxr_dicom_header *cxr_dicom_image_read(
  const uint8_t *bytes, size_t byteCount, const uint32_t *tags, size_t count) {
  return readHeader(tags, count, true, bytes, byteCount);
}

void cxr_dicom_header_free(cxr_dicom_header *header) { delete header; }

cxr_dicom_status cxr_dicom_header_status(const cxr_dicom_header *header) {
  return header->status;
}

const char *cxr_dicom_header_problem(const cxr_dicom_header *header) {
  return header->problem.c_str();
}

const char *cxr_dicom_header_value(
  const cxr_dicom_header *header, size_t index, size_t *count) {
  const auto &value = header->values.at(index);
  *count = value ? value->size() : 0;
  return value ? value->data() : nullptr;
}

cxr_dicom_pixels cxr_dicom_header_pixels(const cxr_dicom_header *header) {
  return header->pixels;
}

const uint8_t *cxr_dicom_header_codestream(const cxr_dicom_header *header, size_t *count) {
  *count = header->codestream.size();
  return reinterpret_cast<const uint8_t *>(header->codestream.data());
}

const uint16_t *cxr_dicom_header_table(
  const cxr_dicom_header *header, cxr_dicom_table table, cxr_dicom_table_part part,
  size_t *count) {
  const auto &chosen = table == cxr_dicom_table_modality ? header->modalityTable : header->voiTable;
  const auto &words = part == cxr_dicom_table_descriptor ? chosen.descriptor : chosen.entries;
  *count = words.size();
  return words.data();
}
