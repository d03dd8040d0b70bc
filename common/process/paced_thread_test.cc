#include "common/process/paced_thread.h"

#include <sys/resource.h>

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace edirae::process {
namespace {

int Nice() { return getpriority(PRIO_PROCESS, 0); }

TEST(PacedThread, EachTurnRunsAsTheOneBeforeHasSaid) {
  const std::vector<Pace> paces = {Pace::kYielding, Pace::kYielding, Pace::kPrompt,
                                   Pace::kPrompt,   Pace::kYielding, Pace::kStop};
  std::vector<int> nices;  // of one turn after the other, though of two threads
  PacedThread thread("paced", [&] {
    nices.push_back(Nice());
    return paces[nices.size() - 1];
  });
  thread.Join();
  const int prompt = Nice();
  EXPECT_THAT(nices, ::testing::ElementsAre(prompt, 10, 10, prompt, prompt, 10));
}

TEST(PacedThread, StopsAfterItsFirstTurn) {
  int turns = 0;
  {
    const PacedThread thread("paced", [&] {
      ++turns;
      return Pace::kStop;
    });
  }
  EXPECT_EQ(turns, 1);
}

}  // namespace
}  // namespace edirae::process
