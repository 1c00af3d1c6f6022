// SPDX-License-Identifier: Apache-2.0
#if CXR_TORCH
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <dlfcn.h>

#include "Torch.hpp"

namespace {

std::string folder() {
  Dl_info info;
  if (dladdr(reinterpret_cast<const void *>(&at::show_config), &info) == 0) return "";
  const std::string path = info.dli_fname;
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

char *libraryFolder() {
  const auto found = folder();
  return found.empty() ? nullptr : cxr::text(found);
}

char *loadCUDA() {
  return cxr::caught([&] {
    const auto path = folder() + "/libtorch_cuda.so";
    TORCH_CHECK(dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL) != nullptr, dlerror());
  });
}

int64_t count(int8_t type) {
  switch (static_cast<c10::DeviceType>(type)) {
    case c10::DeviceType::CPU:
      return 1;
    case c10::DeviceType::CUDA:
      return at::hasCUDA() ? at::detail::getCUDAHooks().deviceCount() : 0;
    default:
      return 0;
  }
}

char *synchronize(int8_t type, int8_t index) {
  return cxr::caught([&] {
    const auto device = cxr::device(type, index);
    if (device.is_cpu()) return;
    c10::impl::VirtualGuardImpl(device.type()).synchronizeDevice(device.index());
  });
}

c10::DeviceAllocator *allocator() { return at::getDeviceAllocator(c10::DeviceType::CUDA); }

char *memory(int8_t index, cxr_device_memory *result) {
  return cxr::caught([&] {
    const auto stats = allocator()->getDeviceStats(index);
    const auto whole = static_cast<size_t>(c10::CachingAllocator::StatType::AGGREGATE);
    *result = {
        .allocated = stats.allocated_bytes[whole].current,
        .peak_allocated = stats.allocated_bytes[whole].peak,
        .reserved = stats.reserved_bytes[whole].current,
    };
  });
}

char *resetPeakMemory(int8_t index) {
  return cxr::caught([&] { allocator()->resetPeakStats(index); });
}

int64_t threadCount() { return at::get_num_threads(); }

void setThreadCount(int64_t count) { at::set_num_threads(static_cast<int>(count)); }

void setSwitch(cxr_switch which, bool value) {
  auto &context = at::globalContext();
  switch (which) {
    case cxr_switch_deterministic:
      // cuBLAS reads this when it first multiplies, and libtorch refuses to multiply without it.
      if (value) setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);
      context.setDeterministicAlgorithms(value, false);
      context.setDeterministicCuDNN(value);
      break;
    case cxr_switch_tf32:
      context.setAllowTF32CuBLAS(value);
      context.setAllowTF32CuDNN(value);
      break;
    case cxr_switch_benchmark:
      context.setBenchmarkCuDNN(value);
      break;
  }
}

char *configuration() { return cxr::text(at::show_config()); }

}  // namespace

cxr_torch_devices cxr::devices() {
  return {
      .load_cuda = loadCUDA,
      .library_folder = libraryFolder,
      .count = count,
      .synchronize = synchronize,
      .memory = memory,
      .reset_peak_memory = resetPeakMemory,
      .thread_count = threadCount,
      .set_thread_count = setThreadCount,
      .set_switch = setSwitch,
      .configuration = configuration,
  };
}

#endif
