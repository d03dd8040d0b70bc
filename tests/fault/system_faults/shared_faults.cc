#include "tests/fault/system_faults/shared_faults.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

namespace edirae::testing {
namespace {

Faults* shared = nullptr;

// Before the program's main.
__attribute__((constructor)) void Open() {
  const char* file = std::getenv(kFaultsFile);
  const int descriptor = file == nullptr ? -1 : open(file, O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return;
  void* memory = mmap(nullptr, sizeof(Faults), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  close(descriptor);
  if (memory != MAP_FAILED) shared = static_cast<Faults*>(memory);
}

}  // namespace

Faults* SharedFaults() { return shared; }

}  // namespace edirae::testing
