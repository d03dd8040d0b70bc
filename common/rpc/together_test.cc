#include "common/rpc/together.h"

#include <thread>

#include "gtest/gtest.h"

namespace edirae::rpc {
namespace {

class CountingStream final : public Corked {
 public:
  void Uncork() override { ++uncorked; }
  int uncorked = 0;
};

TEST(Together, UncorksAStreamOnceWhenTheOutermostEnds) {
  const auto stream = std::make_shared<CountingStream>(), other = std::make_shared<CountingStream>();
  EXPECT_FALSE(Together::Gathers(stream));
  {
    const Together outer;
    EXPECT_TRUE(Together::Gathers(stream));
    {
      const Together inner;
      EXPECT_TRUE(Together::Gathers(stream));
      EXPECT_TRUE(Together::Gathers(other));
    }
    EXPECT_EQ(stream->uncorked, 0);
  }
  EXPECT_EQ(stream->uncorked, 1);
  EXPECT_EQ(other->uncorked, 1);
  EXPECT_FALSE(Together::Gathers(stream));
  EXPECT_EQ(stream.use_count(), 1);
}

TEST(Together, OtherThreadsSendAtOnce) {
  const auto stream = std::make_shared<CountingStream>();
  const Together together;
  bool gathers = true;
  std::thread([&] { gathers = Together::Gathers(stream); }).join();
  EXPECT_FALSE(gathers);
}

}  // namespace
}  // namespace edirae::rpc
