#ifndef EDIRAE_TESTS_FAULT_SYSTEM_FAULTS_FAULTS_H_
#define EDIRAE_TESTS_FAULT_SYSTEM_FAULTS_FAULTS_H_

#include <atomic>
#include <cstdint>

namespace edirae::testing {

// Where a process dies, named by the call that it is about to make, or has just made.
enum class DeathPoint : int { kNowhere, kBeforeWrite, kBeforeSync, kAfterSync, kBeforeSend };

// What the preloaded library does to its process; in memory that the test shares with it. All zeroes: nothing.
struct Faults {
  std::atomic<int> sync_error;         // errno with which every fsync and fdatasync fails; 0: none does
  std::atomic<DeathPoint> death;       // the process kills itself there (SIGKILL) ...
  std::atomic<int> calls_until_death;  // ... at the call that counts this down to 0
  std::atomic<int64_t> clock_offset;   // nanoseconds that the wall clock is ahead of the machine's
};
static_assert(std::atomic<int64_t>::is_always_lock_free && std::atomic<DeathPoint>::is_always_lock_free);

// The variable that names the file which holds them.
inline constexpr char kFaultsFile[] = "EDIRAE_TEST_FAULTS";

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_FAULT_SYSTEM_FAULTS_FAULTS_H_
