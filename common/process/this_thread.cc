#include "common/process/this_thread.h"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <string>

namespace edirae::process {
namespace {

constexpr int kBackgroundNice = 10;

void SetPolicy(int policy) {
  const sched_param no_real_time{};
  sched_setscheduler(0, policy, &no_real_time);
}

}  // namespace

void NameThread(const char* name) { pthread_setname_np(pthread_self(), std::string(name).substr(0, 15).c_str()); }

void InterruptNobody() { SetPolicy(SCHED_BATCH); }

void InterruptOthers() { SetPolicy(SCHED_OTHER); }

void YieldToForeground() {
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kBackgroundNice);
  InterruptNobody();
}

}  // namespace edirae::process
