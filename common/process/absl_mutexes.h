#ifndef EDIRAE_COMMON_PROCESS_ABSL_MUTEXES_H_
#define EDIRAE_COMMON_PROCESS_ABSL_MUTEXES_H_

#include "absl/synchronization/mutex.h"

namespace edirae::process {

// Debian builds Abseil without NDEBUG, and then each absl::Mutex, gRPC's among them, is entered into a graph whenever
// it is locked, to find orders that could deadlock: 4 % of the processors under load, echo servers included. Programs
// do without; tests keep it. First thing in main.
inline void LockAbslMutexesUnchecked() { absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore); }

}  // namespace edirae::process

#endif  // EDIRAE_COMMON_PROCESS_ABSL_MUTEXES_H_
