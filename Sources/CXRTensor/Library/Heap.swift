// SPDX-License-Identifier: Apache-2.0
internal import CLinux

/// How the C library's heap treats memory that is freed.
enum Heap {
  /// Keeps freed memory for the next tensor, whatever its size, in one heap for all threads.
  ///
  /// A network frees and takes the same large blocks with every batch. glibc gives blocks of such a
  /// size back to the system at once, and the system clears every page before it gives them again:
  /// DenseNet-121 spent two fifths of its time on that.
  static func keepFreedMemory() {
    _ = mallopt(M_ARENA_MAX, 1)
    _ = mallopt(M_MMAP_THRESHOLD, 1 << 30)
    _ = mallopt(M_TRIM_THRESHOLD, .max)
  }
}
