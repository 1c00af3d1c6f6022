// SPDX-License-Identifier: Apache-2.0
//
// GDCM's checks are assertions, and Debian builds GDCM with assertions on: a damaged file would end
// the process. Inside a guard they end the call instead.
#ifndef CXR_CDICOM_GUARD_H
#define CXR_CDICOM_GUARD_H

#include <csetjmp>

namespace cxr {

/// Where a thread continues when a check fails.
struct Guard {
  sigjmp_buf environment;
  const char *volatile failedCheck = nullptr;
};

/// The guard that the thread is in, if any.
extern constinit thread_local Guard *currentGuard;

/// Runs a body in which GDCM is called, and returns the check that failed, or NULL.
///
/// The body must not throw. When a check fails, nothing on the stack of the body is destroyed: what
/// GDCM holds there is leaked, a few bytes a damaged file. What the caller needs afterwards, and
/// what has to be closed, belongs outside the body. Guards are not nested.
template <typename Body>
const char *failedCheck(const Body &body) {
  static_assert(noexcept(body()));
  Guard guard;
  // The mask of signals is neither saved nor restored: nothing in here changes it.
  if (sigsetjmp(guard.environment, 0) == 0) {
    currentGuard = &guard;
    body();
  }
  currentGuard = nullptr;
  return guard.failedCheck;
}

}  // namespace cxr

#endif
