#include "common/rpc/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"

namespace edirae::rpc {
namespace {

using ::testing::HasSubstr;

// A list of ids whose items all have one size.
struct Ids {
  std::vector<std::string> ids;
  std::string name = "ids";
  size_t item_bytes = 10;

  absl::StatusOr<Page> Find(int page_size, const std::string& token = "") const {
    const auto id_of = [this](size_t i) { return absl::string_view(ids[i]); };
    const auto bytes_of = [this](size_t) { return item_bytes; };
    return FindPage({.name = name, .size = ids.size(), .id_of = id_of, .bytes_of = bytes_of}, page_size, token);
  }
};

Ids Numbers(int count) {
  Ids numbers;
  for (int i = 0; i < count; ++i) numbers.ids.push_back(absl::StrCat("id", i));
  return numbers;
}

std::string ReasonOf(const absl::StatusOr<Page>& page) { return ErrorInfoOf(page.status()).reason(); }

TEST(Page, OfNothingIsEmptyAndTheLast) {
  ASSERT_OK_AND_ASSIGN(const Page page, Numbers(0).Find(0));
  EXPECT_EQ(page.first, 0u);
  EXPECT_EQ(page.end, 0u);
  EXPECT_EQ(page.next_page_token, "");
}

TEST(Page, EverySizeVisitsEachItemOnce) {
  for (const int count : {1, 7, 50, 51, 120}) {
    const Ids numbers = Numbers(count);
    for (const int page_size : {0, 1, 3, 7, 50, 119, 120, 1000}) {
      std::string token;
      size_t seen = 0;
      do {
        ASSERT_OK_AND_ASSIGN(const Page page, numbers.Find(page_size, token));
        ASSERT_EQ(page.first, seen);
        ASSERT_GT(page.end, page.first);
        ASSERT_LE(page.end - page.first, static_cast<size_t>(page_size == 0 ? limits::kDefaultPageSize : page_size));
        seen = page.end;
        token = page.next_page_token;
      } while (!token.empty());
      EXPECT_EQ(seen, static_cast<size_t>(count)) << page_size;
    }
  }
}

TEST(Page, EndsBeforeItGrowsTooLargeButHasAnItem) {
  Ids numbers = Numbers(10);
  numbers.item_bytes = limits::kMaxPageBytes / 4;
  EXPECT_EQ(numbers.Find(0)->end, 3u) << "the response has other fields, too";
  numbers.item_bytes = 2 * limits::kMaxPageBytes;
  EXPECT_EQ(numbers.Find(0)->end, 1u);
}

TEST(Page, TokenGoesOnBehindItsItemWhereverItIsNow) {
  Ids list{.ids = {"a", "b", "c"}};
  const std::string token = list.Find(2)->next_page_token;
  list.ids = {"new", "b", "a", "c"};
  EXPECT_EQ(list.Find(2, token)->first, 2u);
}

TEST(Page, RefusesATokenWhoseItemHasGone) {
  Ids list{.ids = {"a", "b", "c"}};
  const std::string token = list.Find(2)->next_page_token;
  list.ids = {"a", "c"};
  EXPECT_EQ(ReasonOf(list.Find(2, token)), "STALE_PAGE_TOKEN");
}

TEST(Page, RefusesTokensThatTheListDidNotGive) {
  const Ids list = Numbers(9);
  Ids other = list;
  other.name = "others";
  const std::string token = list.Find(4)->next_page_token;
  ASSERT_OK(list.Find(4, token));
  EXPECT_EQ(ReasonOf(other.Find(4, token)), "BAD_PAGE_TOKEN");
  std::string changed = token;
  changed[3] = changed[3] == 'A' ? 'B' : 'A';
  for (const std::string& bad :
       {changed, token + "A", token + "=", "0" + token, token.substr(1), token.substr(0, token.size() - 1),
        std::string("x"), std::string("\0", 1), std::string(limits::kMaxPageTokenBytes + 1, 'A')}) {
    EXPECT_EQ(ReasonOf(list.Find(4, bad)), "BAD_PAGE_TOKEN") << bad;
  }
}

TEST(Page, RefusesSizesOutOfRange) {
  EXPECT_EQ(ReasonOf(Numbers(3).Find(-1)), "BAD_PAGE_SIZE");
  EXPECT_EQ(ReasonOf(Numbers(3).Find(1001)), "BAD_PAGE_SIZE");
  EXPECT_THAT(PageSize(1001).status().message(), HasSubstr("1001; give 0 to 1000"));
}

TEST(Page, SizeZeroIsTheDefault) {
  EXPECT_EQ(*PageSize(0), static_cast<size_t>(limits::kDefaultPageSize));
  EXPECT_EQ(*PageSize(0, 7), 7u);
  EXPECT_EQ(*PageSize(1, 7), 1u);
}

}  // namespace
}  // namespace edirae::rpc
