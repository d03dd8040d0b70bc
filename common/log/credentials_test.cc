#include "common/log/credentials.h"

#include "gtest/gtest.h"

namespace edirae::log {
namespace {

TEST(WithoutCredentials, LeavesHostsAlone) {
  EXPECT_EQ(WithoutCredentials("nats://a:1, nats://token@b:2,c:3"), "nats://a:1,nats://b:2,c:3");
  EXPECT_EQ(WithoutCredentials("nats://name:p@ss@host:4222"), "nats://host:4222");
  EXPECT_EQ(WithoutCredentials("/a/folder"), "/a/folder");
  EXPECT_EQ(WithoutCredentials(""), "");
}

}  // namespace
}  // namespace edirae::log
