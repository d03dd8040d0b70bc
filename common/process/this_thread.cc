#include "common/process/this_thread.h"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <string>

namespace edirae::process {
namespace {

constexpr int kBackgroundNice = 10;

}  // namespace

void NameThread(const char* name) { pthread_setname_np(pthread_self(), std::string(name).substr(0, 15).c_str()); }

void YieldToForeground() {
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kBackgroundNice);
  const sched_param no_real_time{};
  sched_setscheduler(0, SCHED_BATCH, &no_real_time);
}

}  // namespace edirae::process
