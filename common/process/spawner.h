#ifndef EDIRAE_COMMON_PROCESS_SPAWNER_H_
#define EDIRAE_COMMON_PROCESS_SPAWNER_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"

// Internal to common/process.
namespace edirae::process {

struct SpawnRequest {
  std::string program;  // path, already looked up
  std::vector<std::string> argv;
  std::vector<std::string> environment;  // "NAME=value", complete
  std::string working_folder;            // empty: this process's
  std::string output_file;               // empty: inherited
};

struct Spawned {
  pid_t pid = 0;
  int pidfd = -1;  // the caller's
};

// Starts a program and returns once it has been executed. Thread-safe.
//
// The kernel ties a child's death signal to the *thread* that forked it, not to the process. So one thread that never
// ends forks for everybody; otherwise a child started from a short-lived thread would be killed with that thread.
//
// Errors: those of the failing system call (NOT_FOUND, PERMISSION_DENIED, RESOURCE_EXHAUSTED, ...), saying which it
// was.
absl::StatusOr<Spawned> Spawn(const SpawnRequest& request);

}  // namespace edirae::process

#endif  // EDIRAE_COMMON_PROCESS_SPAWNER_H_
