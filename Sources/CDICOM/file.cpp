// SPDX-License-Identifier: Apache-2.0
#include "file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

// A pipe must not make the program wait until somebody writes to it.
cxr::File::File(const char *path) : descriptor_(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  struct stat status;
  if (descriptor_ < 0 || fstat(descriptor_, &status) != 0) {
    error_ = errno;
  } else if (!S_ISREG(status.st_mode)) {
    error_ = EINVAL;
  } else {
    size_ = status.st_size;
  }
}

cxr::File::File(const uint8_t *bytes, size_t count)
    : size_(count), windowEnd_(count) {
  // The window is the whole; a stream buffer wants it writable, but nobody writes.
  char *const start = const_cast<char *>(reinterpret_cast<const char *>(bytes));
  setg(start, start, start + count);
}

cxr::File::~File() {
  if (descriptor_ >= 0) close(descriptor_);
}

void cxr::File::seek(int64_t position) {
  const int64_t back = windowEnd_ - position;
  if (back >= 0 && back <= egptr() - eback()) {
    setg(eback(), egptr() - back, egptr());
  } else {
    setg(window_.data(), window_.data(), window_.data());
    windowEnd_ = position;
  }
}

cxr::File::int_type cxr::File::underflow() {
  reachedLimit_ = readCount_ >= readLimit;
  if (reachedLimit_) return traits_type::eof();
  const int64_t wanted = std::min<int64_t>(window_.size(), size_ - windowEnd_);
  ssize_t received = 0;
  do {
    received = wanted > 0 ? pread(descriptor_, window_.data(), wanted, windowEnd_) : 0;
  } while (received < 0 && errno == EINTR);
  if (received < 0) error_ = errno;
  if (received <= 0) return traits_type::eof();
  readCount_ += received;
  windowEnd_ += received;
  setg(window_.data(), window_.data(), window_.data() + received);
  return traits_type::to_int_type(window_[0]);
}
