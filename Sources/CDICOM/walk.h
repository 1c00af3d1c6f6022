// SPDX-License-Identifier: Apache-2.0
//
// GDCM knows the elements, their types and the transfer syntaxes; the walk from one element to the
// next is done here. gdcm::Reader is not used: it takes as much memory as a length in the file says
// and as much stack as sequences are nested.
#ifndef CXR_CDICOM_WALK_H
#define CXR_CDICOM_WALK_H

#include "CDICOM.h"
#include "file.h"

#include <gdcm-3.0/gdcmDicts.h>
#include <gdcm-3.0/gdcmExplicitDataElement.h>
#include <gdcm-3.0/gdcmGlobal.h>
#include <gdcm-3.0/gdcmImplicitDataElement.h>
#include <gdcm-3.0/gdcmPreamble.h>
#include <gdcm-3.0/gdcmSwapper.h>
#include <gdcm-3.0/gdcmTransferSyntax.h>

#include <algorithm>
#include <cstring>
#include <istream>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

struct cxr_dicom_header {
  cxr_dicom_status status = cxr_dicom_read;
  std::string problem;
  std::vector<gdcm::Tag> tags;
  std::vector<std::optional<std::string>> values;

  /// What a lookup table says of itself, and its entries.
  struct Table {
    std::vector<uint16_t> descriptor;
    std::vector<uint16_t> entries;
  };
  Table modalityTable;
  Table voiTable;
  cxr_dicom_pixels pixels = {};
  /// The fragments of encapsulated pixels, one behind the other.
  std::string codestream;
};

namespace cxr {

/// The most bytes that a value may have.
inline constexpr uint32_t valueByteLimit = 1 << 16;
/// The most bytes that a lookup table may have: 65,536 entries of 16 bits.
inline constexpr uint32_t tableByteLimit = 1 << 17;
/// How deeply sequences may be nested; radiographs need three or four.
inline constexpr int depthLimit = 32;

inline const gdcm::Tag transferSyntaxUID(0x0002, 0x0010);
inline const gdcm::Tag modalityTableSequence(0x0028, 0x3000);
inline const gdcm::Tag tableDescriptor(0x0028, 0x3002);
inline const gdcm::Tag tableData(0x0028, 0x3006);
inline const gdcm::Tag voiTableSequence(0x0028, 0x3010);
inline const gdcm::Tag pixelData(0x7FE0, 0x0010);
inline const gdcm::Tag item(0xFFFE, 0xE000);
inline const gdcm::Tag itemEnd(0xFFFE, 0xE00D);
inline const gdcm::Tag sequenceEnd(0xFFFE, 0xE0DD);

/// Why a header cannot be read, in words that follow the path.
struct Problem {
  cxr_dicom_status status;
  std::string words;
};

/// The way through a file from one element to the next, up to the last that is asked for.
class Walk {
 public:
  /// Begins at the beginning; the values go into the header.
  Walk(File &file, cxr_dicom_header &header, bool takesPixels)
      : file_(file), stream_(&file), header_(header), takesPixels_(takesPixels),
        lastTag_(
          takesPixels ? pixelData : *std::max_element(header.tags.begin(), header.tags.end())) {}

  /// Goes the whole way; throws a Problem if there is one.
  void run() {
    findStart();
    // Meta information is laid out the same way in every file, and ends where its group ends.
    while (file_.remaining() > 0 && nextTag<gdcm::SwapperNoOp>().GetGroup() == 2) {
      take<gdcm::ExplicitDataElement, gdcm::SwapperNoOp>();
    }
    const gdcm::TransferSyntax syntax = transferSyntax();
    if (syntax.IsEncoded()) {
      throw Problem{
        cxr_dicom_unsupported,
        "is deflated as a whole; convert it to another transfer syntax."};
    }
    const bool isBigEndian = syntax.GetSwapCode() == gdcm::SwapCode::BigEndian;
    if (syntax.IsImplicit()) {
      takeAll<gdcm::ImplicitDataElement, gdcm::SwapperNoOp>();
    } else if (isBigEndian) {
      takeAll<gdcm::ExplicitDataElement, gdcm::SwapperDoOp>();
    } else {
      takeAll<gdcm::ExplicitDataElement, gdcm::SwapperNoOp>();
    }
  }

  /// What is wrong with a file that ends too early.
  static Problem truncated() {
    return {
      cxr_dicom_truncated, "ends in the middle of its header; download or copy it again."};
  }

 private:
  File &file_;
  std::istream stream_;
  cxr_dicom_header &header_;
  const bool takesPixels_;
  const gdcm::Tag lastTag_;
  std::string transferSyntax_;

  /// Goes behind the preamble, if there is one.
  void findStart() {
    try {
      gdcm::Preamble().Read(stream_);
    } catch (const gdcm::Exception &) {
      // Without preamble, a file begins with its meta information or with its identification.
      stream_.clear();
      file_.seek(0);
      const int group = file_.remaining() < 8 ? 0 : nextTag<gdcm::SwapperNoOp>().GetGroup();
      if (group != 2 && group != 8) {
        throw Problem{cxr_dicom_malformed, "is not a DICOM file."};
      }
    }
  }

  /// The transfer syntax that the file states; if it states none, the one it looks like.
  gdcm::TransferSyntax transferSyntax() {
    if (!transferSyntax_.empty()) {
      const auto type = gdcm::TransferSyntax::GetTSType(transferSyntax_.c_str());
      // Those that GDCM does not know are newer, and all of these are explicit little-endian.
      return type == gdcm::TransferSyntax::TS_END
        ? gdcm::TransferSyntax::ExplicitVRLittleEndian : type;
    }
    if (file_.remaining() < 6) return gdcm::TransferSyntax::ExplicitVRLittleEndian;
    const int64_t start = file_.position();
    char letters[6] = {};
    stream_.read(letters, sizeof letters);
    file_.seek(start);
    return gdcm::VR::GetVRTypeFromFile(letters + 4) == gdcm::VR::INVALID
      ? gdcm::TransferSyntax::ImplicitVRLittleEndian
      : gdcm::TransferSyntax::ExplicitVRLittleEndian;
  }

  /// Makes sure that there are bytes left.
  void require(int64_t count) {
    if (file_.remaining() < count) throw truncated();
  }

  static Problem mismatch(int64_t position) {
    return {
      cxr_dicom_malformed,
      "is damaged at byte " + std::to_string(position) + ": its sequences do not match."};
  }

  static std::string name(const gdcm::Tag &tag) {
    std::ostringstream text;
    text << tag;
    return text.str();
  }

  template <typename Swap>
  gdcm::Tag nextTag() {
    require(4);
    const int64_t start = file_.position();
    gdcm::Tag tag;
    if (!tag.Read<Swap>(stream_)) throw truncated();
    file_.seek(start);
    return tag;
  }

  /// Reads the beginning of an element, everything but the value; the value lies inside the file.
  template <typename Element, typename Swap>
  Element begin() {
    require(8);
    const int64_t start = file_.position();
    Element element;
    try {
      element.template ReadPreValue<Swap>(stream_);
    } catch (const gdcm::Exception &) {
      throw Problem{
        cxr_dicom_malformed,
        "is damaged at byte " + std::to_string(start) + ": no element can begin there."};
    }
    if (!stream_) throw truncated();
    if (!element.GetVL().IsUndefined() && file_.remaining() < element.GetVL()) {
      throw Problem{
        cxr_dicom_truncated,
        "ends in the middle of its element " + name(element.GetTag())
          + "; download or copy it again."};
    }
    return element;
  }

  template <typename Element, typename Swap>
  void takeAll() {
    while (file_.remaining() > 0 && nextTag<Swap>() <= lastTag_) take<Element, Swap>();
  }

  /// Reads an element, and notes its value if it is asked for.
  template <typename Element, typename Swap>
  void take() {
    const Element element = begin<Element, Swap>();
    if (takesPixels_ && element.GetTag() == pixelData) return takePixels<Swap>(element);
    if (takesPixels_ && element.GetTag() == modalityTableSequence) {
      takeTable<Element, Swap>(element, header_.modalityTable);
    } else if (takesPixels_ && element.GetTag() == voiTableSequence) {
      takeTable<Element, Swap>(element, header_.voiTable);
    }
    const auto tag = std::find(header_.tags.begin(), header_.tags.end(), element.GetTag());
    const bool isTransferSyntax = element.GetTag() == transferSyntaxUID;
    if (tag == header_.tags.end() && !isTransferSyntax) return pass<Element, Swap>(element, 0);
    if (element.GetVL() > valueByteLimit) {
      throw Problem{
        cxr_dicom_malformed,
        "is damaged: its element " + name(element.GetTag()) + " is longer than any value can be."};
    }
    std::string bytes(element.GetVL(), '\0');
    if (!stream_.read(bytes.data(), bytes.size())) throw truncated();
    const std::string text = isNumeric(element) ? numbers<Swap>(bytes) : trimmed(bytes);
    if (isTransferSyntax) transferSyntax_ = text;
    if (tag != header_.tags.end()) header_.values[tag - header_.tags.begin()] = text;
  }

  /// Notes where the pixels are, and gathers the fragments if they are encapsulated.
  template <typename Swap>
  void takePixels(const gdcm::DataElement &element) {
    header_.pixels.is_present = true;
    header_.pixels.is_big_endian = std::is_same_v<Swap, gdcm::SwapperDoOp>;
    header_.pixels.has_words = element.GetVR() == gdcm::VR::OW;
    header_.pixels.is_encapsulated = element.GetVL().IsUndefined();
    header_.pixels.offset = file_.position();
    if (!element.GetVL().IsUndefined()) {
      header_.pixels.count = element.GetVL();
      file_.seek(file_.position() + element.GetVL());
      return;
    }
    // The first item is a table of offsets, which a single frame does not need.
    for (bool isFirst = true;; isFirst = false) {
      const auto [start, tag, length] = beginItem<gdcm::SwapperNoOp>();
      if (tag == sequenceEnd) return;
      if (tag != item || length.IsUndefined()) throw mismatch(start);
      require(length);
      if (isFirst) {
        file_.seek(file_.position() + length);
      } else {
        const size_t count = header_.codestream.size();
        header_.codestream.resize(count + length);
        if (!stream_.read(header_.codestream.data() + count, length)) throw truncated();
      }
    }
  }

  /// Reads the lookup table in the first item of a sequence, and goes back to the beginning of it.
  template <typename Element, typename Swap>
  void takeTable(const gdcm::DataElement &sequence, cxr_dicom_header::Table &table) {
    if (sequence.GetVL() == 0) return;
    if (sequence.GetVR() == gdcm::VR::UN) {
      return takeTableItem<gdcm::ImplicitDataElement, gdcm::SwapperNoOp>(table);
    }
    takeTableItem<Element, Swap>(table);
  }

  template <typename Element, typename Swap>
  void takeTableItem(cxr_dicom_header::Table &table) {
    const int64_t sequenceStart = file_.position();
    const auto [start, tag, length] = beginItem<Swap>();
    if (tag == item) {
      const int64_t end = length.IsUndefined() ? INT64_MAX : file_.position() + length;
      while (file_.position() < end) {
        const Element element = begin<Element, Swap>();
        if (element.GetTag() == itemEnd) break;
        if (element.GetTag() == tableDescriptor) {
          table.descriptor = words<Swap>(element);
        } else if (element.GetTag() == tableData) {
          table.entries = words<Swap>(element);
        } else {
          pass<Element, Swap>(element, 1);
        }
      }
    }
    file_.seek(sequenceStart);
  }

  template <typename Swap>
  std::vector<uint16_t> words(const gdcm::DataElement &element) {
    if (element.GetVL().IsUndefined() || element.GetVL() > tableByteLimit) {
      throw Problem{
        cxr_dicom_malformed, "is damaged: its lookup table is longer than any can be."};
    }
    std::vector<uint16_t> words(element.GetVL() / 2);
    char *const bytes = reinterpret_cast<char *>(words.data());
    if (!stream_.read(bytes, words.size() * 2)) throw truncated();
    file_.seek(file_.position() + element.GetVL() % 2);
    Swap::SwapArray(words.data(), words.size());
    return words;
  }

  /// Reads the beginning of an item, or of what ends a sequence.
  template <typename Swap>
  std::tuple<int64_t, gdcm::Tag, gdcm::VL> beginItem() {
    require(8);
    const int64_t start = file_.position();
    gdcm::Tag tag;
    gdcm::VL length;
    tag.Read<Swap>(stream_);
    length.Read<Swap>(stream_);
    if (!stream_) throw truncated();
    return {start, tag, length};
  }

  /// Whether the value is 16-bit numbers, by its type or, if the file does not tell, by the tag.
  static bool isNumeric(const gdcm::DataElement &element) {
    const gdcm::VR vr = element.GetVR();
    if (vr != gdcm::VR::INVALID && vr != gdcm::VR::UN) return vr == gdcm::VR::US;
    const auto &dictionary = gdcm::Global::GetInstance().GetDicts();
    return dictionary.GetDictEntry(element.GetTag()).GetVR() == gdcm::VR::US;
  }

  template <typename Swap>
  static std::string numbers(const std::string &bytes) {
    std::string text;
    for (size_t offset = 0; offset + 2 <= bytes.size(); offset += 2) {
      uint16_t number;
      std::memcpy(&number, bytes.data() + offset, sizeof number);
      Swap::SwapArray(&number, 1);
      text += (offset == 0 ? "" : "\\") + std::to_string(number);
    }
    return text;
  }

  static std::string trimmed(const std::string &bytes) {
    const std::string padding(" \0", 2);
    const size_t start = bytes.find_first_not_of(padding);
    if (start == std::string::npos) return {};
    return bytes.substr(start, bytes.find_last_not_of(padding) + 1 - start);
  }

  /// Passes over the value of an element.
  template <typename Element, typename Swap>
  void pass(const gdcm::DataElement &element, int depth) {
    if (!element.GetVL().IsUndefined()) {
      file_.seek(file_.position() + element.GetVL());
    } else if (element.GetVR() == gdcm::VR::UN) {
      // What is inside of type UN names no types, and is little-endian.
      passSequence<gdcm::ImplicitDataElement, gdcm::SwapperNoOp>(depth + 1);
    } else {
      passSequence<Element, Swap>(depth + 1);
    }
  }

  template <typename Element, typename Swap>
  void passSequence(int depth) {
    if (depth > depthLimit) {
      throw Problem{cxr_dicom_malformed, "is damaged: its sequences are nested too deeply."};
    }
    while (true) {
      const auto [start, tag, length] = beginItem<Swap>();
      if (tag == sequenceEnd) return;
      if (tag != item) throw mismatch(start);
      if (length.IsUndefined()) {
        passItem<Element, Swap>(depth);
      } else {
        require(length);
        file_.seek(file_.position() + length);
      }
    }
  }

  template <typename Element, typename Swap>
  void passItem(int depth) {
    while (true) {
      const int64_t start = file_.position();
      const Element element = begin<Element, Swap>();
      if (element.GetTag() == itemEnd) return;
      if (element.GetTag().GetGroup() == item.GetGroup()) throw mismatch(start);
      pass<Element, Swap>(element, depth);
    }
  }
};

}  // namespace cxr

#endif
