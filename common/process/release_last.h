#ifndef EDIRAE_COMMON_PROCESS_RELEASE_LAST_H_
#define EDIRAE_COMMON_PROCESS_RELEASE_LAST_H_

#include <memory>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace edirae::process {

// Lets go of an object that was just replaced, after everybody else has, so that hundreds of megabytes are freed on
// this thread and not inside a call that happened to use the object last. Waits at most `patience`: whoever holds it
// longer frees it. Nobody may take new references meanwhile.
template <class T>
void ReleaseLast(std::shared_ptr<T> object, absl::Duration patience = absl::Milliseconds(500)) {
  const absl::Time deadline = absl::Now() + patience;
  while (object.use_count() > 1 && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(1));
  object.reset();
}

}  // namespace edirae::process

#endif  // EDIRAE_COMMON_PROCESS_RELEASE_LAST_H_
