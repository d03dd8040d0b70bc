#include "bench/measure/processor_time.h"

#include <sys/resource.h>

namespace edirae::bench {

absl::Duration ProcessorTime() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return absl::DurationFromTimeval(usage.ru_utime) + absl::DurationFromTimeval(usage.ru_stime);
}

}  // namespace edirae::bench
