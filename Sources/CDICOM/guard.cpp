// SPDX-License-Identifier: Apache-2.0
#include "guard.h"

#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

constinit thread_local cxr::Guard *cxr::currentGuard = nullptr;

/// Takes the place of the C library's function, for this program and for the libraries it loads.
///
/// Throwing would not do: callers are compiled to rely on this function not throwing.
extern "C" void __assert_fail(
  const char *assertion, const char *file, unsigned int line, const char *function) noexcept {
  if (cxr::Guard *const guard = cxr::currentGuard) {
    guard->failedCheck = assertion;
    siglongjmp(guard->environment, 1);
  }
  // Outside of a guard everything is as the C library does it.
  std::fprintf(
    stderr, "%s: %s:%u: %s: Assertion `%s' failed.\n", program_invocation_short_name, file, line,
    function ? function : "?", assertion);
  std::abort();
}
