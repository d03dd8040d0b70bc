#include "tests/fault/system_faults/system_faults.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace edirae::testing {
namespace {

constexpr char kFileName[] = "faults";

Faults* Share(const std::string& file) {
  const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  void* memory = MAP_FAILED;
  if (descriptor >= 0 && ftruncate(descriptor, sizeof(Faults)) == 0) {
    memory = mmap(nullptr, sizeof(Faults), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  }
  if (memory == MAP_FAILED) {
    std::perror(file.c_str());
    std::abort();
  }
  close(descriptor);
  return static_cast<Faults*>(memory);
}

}  // namespace

SystemFaults::SystemFaults() : faults_(Share(folder_.File(kFileName))) {}

SystemFaults::~SystemFaults() { munmap(faults_, sizeof(Faults)); }

std::vector<std::pair<std::string, std::string>> SystemFaults::environment() const {
  return {{"LD_PRELOAD", EDIRAE_SYSTEM_FAULTS},
          {kFaultsFile, folder_.File(kFileName)},
          {"ASAN_OPTIONS", "verify_asan_link_order=0"}};
}

void SystemFaults::KillAt(DeathPoint point, int calls) {
  faults_->death = DeathPoint::kNowhere;
  faults_->calls_until_death = calls;
  faults_->death = point;
}

}  // namespace edirae::testing
