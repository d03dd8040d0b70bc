#include "services/recommend/settings.h"

#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace edirae::recommend {
namespace {

using edirae::testing::IsOkAndHolds;
using ::testing::HasSubstr;

std::string Complaint(const RecommendSettings& settings) { return std::string(settings.Check().message()); }

TEST(RecommendSettings, CheckpointsHaveOnePlaceWhichSuitsTheReplicas) {
  RecommendSettings settings;
  EXPECT_THAT(Complaint(settings), HasSubstr("--data (EDIRAE_DATA) or --store"));
  settings.data = "folder";
  EXPECT_OK(settings.Check());
  settings.replicas = 2;
  EXPECT_THAT(Complaint(settings), HasSubstr("--replicas (EDIRAE_REPLICAS) above 1 needs --store"));
  settings.store = "postgresql://host/database";
  EXPECT_THAT(Complaint(settings), HasSubstr("only one can be"));
  settings.data.clear();
  EXPECT_OK(settings.Check());
  settings.ordinal = 2;
  EXPECT_THAT(Complaint(settings), HasSubstr("--ordinal (EDIRAE_ORDINAL) is 2; of --replicas 2 it can be up to 1"));
}

TEST(RecommendSettings, TheHostsNameEndsWithTheOrdinal) {
  RecommendSettings settings;
  EXPECT_THAT(settings.OrdinalOn("anything"), IsOkAndHolds(0)) << "of one";
  settings.replicas = 12;
  EXPECT_THAT(settings.OrdinalOn("recommend-11"), IsOkAndHolds(11));
  for (const char* host : {"recommend", "recommend-", "recommend-12", "recommend-x", "recommend--1x", ""}) {
    EXPECT_THAT(settings.OrdinalOn(host).status().message(), HasSubstr("--ordinal (EDIRAE_ORDINAL)")) << host;
  }
  settings.ordinal = 3;
  EXPECT_THAT(settings.OrdinalOn("recommend-11"), IsOkAndHolds(3));
}

}  // namespace
}  // namespace edirae::recommend
