// SPDX-License-Identifier: Apache-2.0
#ifndef CXR_CDICOM_FILE_H
#define CXR_CDICOM_FILE_H

#include <array>
#include <cstdint>
#include <streambuf>

namespace cxr {

/// A file as GDCM wants it, as a stream, of which no more is in memory than a window.
class File : public std::streambuf {
 public:
  /// The most bytes that are read of a file; the header of a radiograph takes a few thousand.
  static constexpr int64_t readLimit = 4 << 20;

  /// Opens a file; `error()` tells whether that succeeded.
  explicit File(const char *path);
  /// Takes the bytes of a file that somebody else has read and keeps.
  File(const uint8_t *bytes, size_t count);
  ~File() override;
  File(const File &) = delete;
  File &operator=(const File &) = delete;

  /// What the system said when opening or reading failed, or 0; EINVAL for what is not a file.
  int error() const { return error_; }
  /// Whether the bytes ran out because `readLimit` was reached.
  bool reachedLimit() const { return reachedLimit_; }
  /// Where the next byte is read, counted from the beginning of the file.
  int64_t position() const { return windowEnd_ - (egptr() - gptr()); }
  /// The number of bytes behind the position.
  int64_t remaining() const { return size_ - position(); }
  /// Goes to a position inside the file; nothing is read.
  void seek(int64_t position);

 protected:
  int_type underflow() override;

 private:
  int descriptor_ = -1;
  int error_ = 0;
  bool reachedLimit_ = false;
  int64_t size_ = 0;
  int64_t readCount_ = 0;
  /// Where in the file the window ends.
  int64_t windowEnd_ = 0;
  std::array<char, 1 << 13> window_;
};

}  // namespace cxr

#endif
