#include "common/process/background_thread.h"

#include <sys/resource.h>
#include <unistd.h>

namespace edirae::process {
namespace {

constexpr int kBackgroundNice = 10;

}  // namespace

void YieldToForeground() { setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kBackgroundNice); }

}  // namespace edirae::process
