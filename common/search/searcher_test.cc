#include "common/search/searcher.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <mutex>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/search/limits.h"
#include "common/status/error.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"

namespace edirae::search {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;

Document Titled(const std::string& title) { return {1, "", title, "", "", title, "", ""}; }

Documents One(const std::string& title) {
  return [title](const Visit& visit) { visit(Titled(title)); };
}

absl::StatusOr<VersionedFound> Find(Searcher& searcher, const std::string& words) {
  std::promise<absl::StatusOr<VersionedFound>> answer;
  searcher.Search({.words = words}, absl::Now() + absl::Seconds(30),
                  [&](absl::StatusOr<VersionedFound> found) { answer.set_value(std::move(found)); });
  return answer.get_future().get();
}

std::string ReasonOf(const absl::StatusOr<VersionedFound>& found) { return ErrorInfoOf(found.status()).reason(); }

TEST(Searcher, IsNotReadyBeforeTheFirstVersionAndThenFindsTheNewest) {
  Searcher searcher(1);
  EXPECT_EQ(ReasonOf(Find(searcher, "bread")), "SEARCH_NOT_READY");
  searcher.Replace(7, One("bread"));
  ASSERT_TRUE(Eventually([&] { return Find(searcher, "bread").ok(); }));
  searcher.Replace(8, One("butter"));
  ASSERT_TRUE(Eventually([&] { return Find(searcher, "bread")->version == 8; }));
  EXPECT_TRUE(Find(searcher, "bread")->found.hits.empty());
  EXPECT_EQ(Find(searcher, "butter")->found.hits[0].document->id, "butter");
}

TEST(Searcher, AnswersFromTheVersionBeforeWhileItBuildsAndSkipsVersionsInBetween) {
  Searcher searcher(1);
  searcher.Replace(1, One("bread"));
  ASSERT_TRUE(Eventually([&] { return Find(searcher, "bread").ok(); }));
  std::promise<void> started, go;
  std::once_flag once;
  searcher.Replace(2, [&](const Visit& visit) {
    std::call_once(once, [&] {
      started.set_value();
      go.get_future().wait();
    });
    One("butter")(visit);
  });
  started.get_future().wait();
  std::atomic<bool> skipped_was_built = false;
  searcher.Replace(3, [&](const Visit& visit) {
    skipped_was_built = true;
    One("skipped")(visit);
  });
  searcher.Replace(4, One("jam"));
  EXPECT_EQ(Find(searcher, "bread")->version, 1);
  go.set_value();
  ASSERT_TRUE(Eventually([&] { return Find(searcher, "jam")->version == 4; }));
  EXPECT_FALSE(skipped_was_built);
}

TEST(Searcher, KeepsWhatItFoundWhenTheVersionIsReplaced) {
  Searcher searcher(1);
  searcher.Replace(1, One("bread"));
  ASSERT_TRUE(Eventually([&] { return Find(searcher, "bread").ok(); }));
  const auto held = Find(searcher, "bread");
  searcher.Replace(2, One("butter"));
  ASSERT_TRUE(Eventually([&] { return Find(searcher, "x")->version == 2; }));
  EXPECT_EQ(held->found.hits[0].document->title, "bread");
}

// So many documents that indexing them anew takes a while, the first of them titled.
Documents Many(const std::string& title, int count) {
  return [title, count](const Visit& visit) {
    visit(Titled(title));
    for (int i = 1; i < count; ++i) visit(Titled(absl::StrCat("filler ", i)));
  };
}

TEST(Searcher, IndexesOnlyWhatAVersionChanges) {
  Searcher searcher(1);
  searcher.Replace(1, Many("bread", 1000));
  ASSERT_TRUE(Eventually([&] { return Find(searcher, "bread").ok(); }));
  const size_t whole = Find(searcher, "bread")->index->bytes();
  searcher.Replace(2, Many("butter", 1000));
  ASSERT_TRUE(Eventually([&] { return Find(searcher, "butter")->version == 2; }));
  const auto after = Find(searcher, "butter");
  EXPECT_GT(after->index->bytes(), whole) << "the segment before is there, and one with the change";
  EXPECT_LT(after->index->bytes(), 2 * whole) << "all anew would be as much again";
  EXPECT_EQ(after->index->documents(), 1000u);
  EXPECT_THAT(Find(searcher, "bread")->found.hits, ::testing::IsEmpty());
}

TEST(Searcher, IndexesAllAnewBehindAVersionThatChangesMany) {
  Searcher searcher(1);
  searcher.Replace(1, Many("bread", 320));
  ASSERT_TRUE(Eventually([&] { return Find(searcher, "bread").ok(); }));
  const size_t whole = Find(searcher, "bread")->index->bytes();
  searcher.Replace(2, Many("butter", 340));
  ASSERT_TRUE(Eventually([&] { return Find(searcher, "butter")->version == 2; }));
  // 21 changes of 320 documents: at first in a segment of their own, then the two become one.
  EXPECT_TRUE(Eventually([&] { return Find(searcher, "butter")->index->bytes() < whole + whole / 4; }));
  EXPECT_EQ(Find(searcher, "filler 339")->version, 2);
}

// Its only thread is kept busy by the `done` of a first search.
TEST(Searcher, RefusesWhenTooManyWaitAndPassesOverWhatIsTooLate) {
  std::atomic<int> late = 0, stopped = 0;
  std::promise<void> busy, go;
  {
    Searcher searcher(1);
    searcher.Search({.words = "a"}, absl::InfiniteFuture(), [&](const absl::StatusOr<VersionedFound>&) {
      busy.set_value();
      go.get_future().wait();
    });
    busy.get_future().wait();
    for (size_t i = 0; i < limits::kMaxWaiting; ++i) {
      searcher.Search({.words = "a"}, absl::InfinitePast(), [&](const absl::StatusOr<VersionedFound>& found) {
        if (found.status().code() == absl::StatusCode::kDeadlineExceeded) ++late;
        if (found.status().code() == absl::StatusCode::kUnavailable) ++stopped;
      });
    }
    absl::Status refused;
    searcher.Search({.words = "a"}, absl::InfiniteFuture(),
                    [&](const absl::StatusOr<VersionedFound>& found) { refused = found.status(); });
    EXPECT_EQ(ErrorInfoOf(refused).reason(), "TOO_MANY_SEARCHES");
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kResourceExhausted));
    go.set_value();
    EXPECT_TRUE(Eventually([&] { return late > 0; }));
  }
  EXPECT_EQ(late + stopped, static_cast<int>(limits::kMaxWaiting)) << "each is answered once";
}

}  // namespace
}  // namespace edirae::search
