#ifndef EDIRAE_TESTS_FAULT_SYSTEM_FAULTS_SYSTEM_FAULTS_H_
#define EDIRAE_TESTS_FAULT_SYSTEM_FAULTS_SYSTEM_FAULTS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/testing/temp_folder.h"
#include "tests/fault/system_faults/faults.h"

namespace edirae::testing {

// Faults of the operating system below programs that were started with `environment()`: of all of them, also those that
// are started later. Aborts when it cannot be set up. Thread-safe.
class SystemFaults {
 public:
  SystemFaults();
  SystemFaults(const SystemFaults&) = delete;
  SystemFaults& operator=(const SystemFaults&) = delete;
  ~SystemFaults();

  std::vector<std::pair<std::string, std::string>> environment() const;

  // Every fsync and fdatasync fails with `error`, e.g. EIO; 0 ends that.
  void FailSyncs(int error) { faults_->sync_error = error; }

  // The wall clock jumps: from now on it is ahead of the machine's by `offset`, which may be negative.
  void SetClockAhead(absl::Duration offset) { faults_->clock_offset = absl::ToInt64Nanoseconds(offset); }

  // The program that makes the `calls`-th such call from now on is killed there.
  void KillAt(DeathPoint point, int calls);

 private:
  const TempFolder folder_;
  Faults* const faults_;  // shared memory
};

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_FAULT_SYSTEM_FAULTS_SYSTEM_FAULTS_H_
