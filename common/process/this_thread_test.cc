#include "common/process/this_thread.h"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#include <string>
#include <thread>

#include "gtest/gtest.h"

namespace edirae::process {
namespace {

TEST(ThisThread, TakesTheFirstFifteenCharactersOfAName) {
  std::string name(16, '\0');
  std::thread([&] {
    NameThread("a-name-that-is-too-long");
    pthread_getname_np(pthread_self(), name.data(), name.size());
  }).join();
  EXPECT_STREQ(name.c_str(), "a-name-that-is-");
}

TEST(ThisThread, OnlyTheCallingThreadYields) {
  const int before = getpriority(PRIO_PROCESS, 0);
  int background = before;
  int policy = -1;
  std::thread([&] {
    YieldToForeground();
    background = getpriority(PRIO_PROCESS, 0);
    policy = sched_getscheduler(0);
  }).join();
  EXPECT_EQ(background, 10);
  EXPECT_EQ(policy, SCHED_BATCH);
  EXPECT_EQ(getpriority(PRIO_PROCESS, 0), before);
  EXPECT_EQ(sched_getscheduler(0), SCHED_OTHER);
}

}  // namespace
}  // namespace edirae::process
