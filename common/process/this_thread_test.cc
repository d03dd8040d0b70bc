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

TEST(ThisThread, InterruptsNobodyNorDoThreadsThatItStartsUntilTheyDo) {
  int own = -1;
  int started = -1;
  int again = -1;
  std::thread([&] {
    InterruptNobody();
    own = sched_getscheduler(0);
    std::thread([&] {
      started = sched_getscheduler(0);
      InterruptOthers();
      again = sched_getscheduler(0);
    }).join();
  }).join();
  EXPECT_EQ(own, SCHED_BATCH);
  EXPECT_EQ(started, SCHED_BATCH);
  EXPECT_EQ(again, SCHED_OTHER);
  EXPECT_EQ(sched_getscheduler(0), SCHED_OTHER);
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
