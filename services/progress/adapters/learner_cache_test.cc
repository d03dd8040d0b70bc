#include "services/progress/adapters/learner_cache.h"

#include <string>

#include "common/ids/ids.h"
#include "common/testing/status_matchers.h"
#include "services/progress/testing/fake_event_store.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

LearnerCache::Snapshot SnapshotAt(int64_t seq) {
  LearnerState state;
  state.set_last_seq(seq);
  return std::make_shared<const LearnerSnapshot>(std::move(state));
}

TEST(LearnerCache, KeepsWhatWasUsedLast) {
  LearnerCache cache(128);  // two a shard
  for (int i = 0; i < 1000; ++i) {
    cache.Publish("learner" + std::to_string(i), SnapshotAt(i));
    cache.Publish("regular", SnapshotAt(i));
  }
  EXPECT_LE(cache.size(), 128);
  ASSERT_NE(cache.Find("regular"), nullptr);
  EXPECT_EQ(cache.Find("regular")->state().last_seq(), 999);
  EXPECT_EQ(cache.Find("learner0"), nullptr);
}

TEST(LearnerCache, DropsWhatMayBeStale) {
  LearnerCache cache(128);
  cache.Publish("ada", SnapshotAt(1));
  cache.Drop("ada");
  cache.Drop("ada");
  EXPECT_EQ(cache.Find("ada"), nullptr);
  EXPECT_EQ(cache.size(), 0);
}

TEST(LearnerCache, LoadsOnce) {
  LearnerCache cache(128);
  FakeEventStore store;
  const auto first = cache.FindOrLoad("ada", store);
  ASSERT_OK(first);
  EXPECT_EQ(*first, *cache.FindOrLoad("ada", store));
}

TEST(LearnerSnapshot, RendersOnceARevision) {
  const auto snapshot = SnapshotAt(4);
  const auto one = TestIndex(1);
  const auto two = TestIndex(2);
  const auto bytes = snapshot->Progress("ada", *one->FindRoadmap("path"), *one);
  EXPECT_EQ(bytes, snapshot->Progress("ada", *one->FindRoadmap("path"), *one)) << "the same object";
  const auto newer = snapshot->Progress("ada", *two->FindRoadmap("path"), *two);
  EXPECT_NE(*newer, *bytes);
}

}  // namespace
}  // namespace edirae::progress
