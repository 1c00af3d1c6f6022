// SPDX-License-Identifier: Apache-2.0
#include "CDICOM.h"
#include "jpeg2000.h"

#include <gdcm-3.0/gdcmDicts.h>
#include <gdcm-3.0/gdcmFileMetaInformation.h>
#include <gdcm-3.0/gdcmGlobal.h>
#include <gdcm-3.0/gdcmSequenceOfFragments.h>
#include <gdcm-3.0/gdcmWriter.h>

#include <charconv>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

struct cxr_dicom_draft {
  gdcm::SmartPointer<gdcm::File> file = new gdcm::File;
  gdcm::TransferSyntax transferSyntax = gdcm::TransferSyntax::ExplicitVRLittleEndian;
  std::string bytes;
};

namespace {

const gdcm::Tag transferSyntaxUID(0x0002, 0x0010);

/// The bytes of whole numbers separated by backslashes, or an empty string.
std::string unsignedShorts(std::string_view text) {
  std::string bytes;
  const char *position = text.data();
  const char *const end = position + text.size();
  while (true) {
    uint16_t number = 0;
    const auto [next, error] = std::from_chars(position, end, number);
    if (error != std::errc()) return {};
    bytes += static_cast<char>(number & 0xFF);
    bytes += static_cast<char>(number >> 8);
    if (next == end) return bytes;
    if (*next != '\\') return {};
    position = next + 1;
  }
}

const char *set(cxr_dicom_draft &draft, const gdcm::Tag &tag, std::string text) {
  if (tag == transferSyntaxUID) {
    const auto type = gdcm::TransferSyntax::GetTSType(text.c_str());
    if (type == gdcm::TransferSyntax::TS_END) return "the transfer syntax is not known";
    draft.transferSyntax = type;
    return nullptr;
  }
  const gdcm::VR vr = gdcm::Global::GetInstance().GetDicts().GetDictEntry(tag).GetVR();
  if (vr == gdcm::VR::US) {
    text = unsignedShorts(text);
    if (text.empty()) return "a whole number from 0 to 65535 is needed";
  } else if (!(vr & gdcm::VR::VRASCII)) {
    return "elements of this kind cannot be written";
  }
  // Values have an even length: a UID is filled up with a null, any other text with a space.
  if (text.size() % 2 == 1) text += vr == gdcm::VR::UI ? '\0' : ' ';
  gdcm::DataElement element(tag);
  element.SetVR(vr);
  element.SetByteValue(text.data(), static_cast<uint32_t>(text.size()));
  draft.file->GetDataSet().Replace(element);
  return nullptr;
}

const gdcm::Tag pixelData(0x7FE0, 0x0010);

void setJPEG2000(cxr_dicom_draft &draft, std::string codestream) {
  if (codestream.size() % 2 == 1) codestream += '\0';
  gdcm::Fragment fragment;
  fragment.SetByteValue(codestream.data(), static_cast<uint32_t>(codestream.size()));
  gdcm::SmartPointer<gdcm::SequenceOfFragments> fragments = new gdcm::SequenceOfFragments;
  fragments->AddFragment(fragment);
  gdcm::DataElement element(pixelData);
  element.SetVR(gdcm::VR::OB);
  element.SetValue(*fragments);
  draft.file->GetDataSet().Replace(element);
}

const char *write(cxr_dicom_draft &draft) {
  draft.file->GetHeader().SetDataSetTransferSyntax(draft.transferSyntax);
  std::ostringstream stream;
  gdcm::Writer writer;
  writer.SetFile(*draft.file);
  writer.SetStream(stream);
  if (!writer.Write()) return "GDCM refuses to write the header";
  draft.bytes = stream.str();
  return nullptr;
}

}  // namespace

cxr_dicom_draft *cxr_dicom_draft_new(void) {
  try {
    return new cxr_dicom_draft;
  } catch (...) {
    return nullptr;
  }
}

void cxr_dicom_draft_free(cxr_dicom_draft *draft) { delete draft; }

const char *cxr_dicom_draft_set(
  cxr_dicom_draft *draft, uint32_t tag, const char *text, size_t count) {
  try {
    return set(*draft, gdcm::Tag(tag), std::string(text, count));
  } catch (...) {
    return "GDCM refuses the value";
  }
}

const char *cxr_dicom_draft_set_pixels(
  cxr_dicom_draft *draft, const uint8_t *pixels, size_t count) {
  try {
    gdcm::DataElement element(pixelData);
    element.SetVR(gdcm::VR::OW);
    element.SetByteValue(
      reinterpret_cast<const char *>(pixels), static_cast<uint32_t>(count));
    draft->file->GetDataSet().Replace(element);
    return nullptr;
  } catch (...) {
    return "GDCM refuses the pixels";
  }
}

const char *cxr_dicom_draft_set_jpeg_2000(
  cxr_dicom_draft *draft, const uint16_t *pixels, uint32_t width, uint32_t height,
  uint8_t precision) {
  try {
    std::string codestream = cxr::encodeJPEG2000(pixels, width, height, precision);
    if (codestream.empty()) return "OpenJPEG cannot encode the pixels";
    setJPEG2000(*draft, std::move(codestream));
    return nullptr;
  } catch (...) {
    return "GDCM refuses the pixels";
  }
}

const char *cxr_dicom_draft_write(cxr_dicom_draft *draft, const char **bytes, size_t *count) {
  try {
    const char *const problem = write(*draft);
    *bytes = draft->bytes.data();
    *count = draft->bytes.size();
    return problem;
  } catch (...) {
    return "GDCM fails to write the header";
  }
}
