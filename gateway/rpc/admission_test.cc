#include "gateway/rpc/admission.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "common/testing/status_matchers.h"
#include "gateway/errors.h"

namespace edirae::gateway {
namespace {

TEST(Admission, BoundsEachLearnerAndAll) {
  Admission admission(3, 2, TooManyRequests);
  auto first = admission.Enter("ada");
  auto second = admission.Enter("ada");
  ASSERT_OK(first);
  ASSERT_OK(second);
  EXPECT_EQ(ErrorInfoOf(admission.Enter("ada").status()).reason(), "TOO_MANY_REQUESTS");
  auto third = admission.Enter("bob");
  ASSERT_OK(third);
  EXPECT_EQ(ErrorInfoOf(admission.Enter("eve").status()).reason(), "TOO_MANY_REQUESTS");
  *first = Admission::Slot();
  EXPECT_OK(admission.Enter("ada"));
  EXPECT_EQ(admission.in_all(), 2);
}

TEST(Admission, MovedSlotIsGivenBackOnce) {
  Admission admission(3, 3, TooManyRequests);
  {
    Admission::Slot slot = *admission.Enter("ada");
    Admission::Slot other = std::move(slot);
    Admission::Slot third;
    third = std::move(other);
    EXPECT_EQ(admission.in_all(), 1);
  }
  EXPECT_EQ(admission.in_all(), 0);
}

TEST(Admission, CountsRightUnderContention) {
  Admission admission(1000, 1000, TooManyRequests);
  std::vector<std::thread> threads;
  for (const char* learner : {"ada", "ada", "bob"}) {
    threads.emplace_back([&admission, learner] {
      for (int i = 0; i < 10'000; ++i) EXPECT_OK(admission.Enter(learner));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(admission.in_all(), 0);
}

}  // namespace
}  // namespace edirae::gateway
