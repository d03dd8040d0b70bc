#include "common/process/background_thread.h"

#include <sys/resource.h>

#include <thread>

#include "gtest/gtest.h"

namespace edirae::process {
namespace {

TEST(BackgroundThread, OnlyTheCallingThreadYields) {
  const int before = getpriority(PRIO_PROCESS, 0);
  int background = before;
  std::thread([&] {
    YieldToForeground();
    background = getpriority(PRIO_PROCESS, 0);
  }).join();
  EXPECT_EQ(background, 10);
  EXPECT_EQ(getpriority(PRIO_PROCESS, 0), before);
}

}  // namespace
}  // namespace edirae::process
