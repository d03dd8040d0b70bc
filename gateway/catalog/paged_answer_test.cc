#include "gateway/catalog/paged_answer.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "gateway/limits.h"

namespace edirae::gateway {
namespace {

using learn::v1::ListFlashcardsResponse;

constexpr PageFields kFields{.items = ListFlashcardsResponse::kFlashcardsFieldNumber,
                             .next_page_token = ListFlashcardsResponse::kNextPageTokenFieldNumber,
                             .catalog_revision = ListFlashcardsResponse::kCatalogRevisionFieldNumber};

PagedAnswer Cards(int count, int64_t revision = 3, size_t text_size = 10) {
  PagedAnswer answer(kFields, revision);
  for (int i = 0; i < count; ++i) {
    catalog::v1::Flashcard card;
    card.set_card_id(absl::StrCat("card", i));
    card.set_front(std::string(text_size, 'x'));
    answer.Add(card);
  }
  answer.Finish();
  return answer;
}

ListFlashcardsResponse Parsed(const absl::StatusOr<rpc::Bytes>& bytes) {
  ListFlashcardsResponse response;
  EXPECT_OK(bytes);
  if (bytes.ok()) {
    EXPECT_TRUE(response.ParseFromString(**bytes));
  }
  return response;
}

std::string ReasonOf(const absl::StatusOr<rpc::Bytes>& bytes) { return ErrorInfoOf(bytes.status()).reason(); }

TEST(PagedAnswer, HandsOutTheSameBytesWhenAllFits) {
  const PagedAnswer cards = Cards(3);
  const auto first = cards.Page(0, "");
  ASSERT_OK(first);
  EXPECT_EQ(first->get(), cards.Page(0, "")->get());
  EXPECT_EQ(first->get(), cards.Page(1000, "")->get());
  const ListFlashcardsResponse response = Parsed(first);
  EXPECT_EQ(response.flashcards_size(), 3);
  EXPECT_EQ(response.catalog_revision(), 3);
  EXPECT_EQ(response.next_page_token(), "");
}

TEST(PagedAnswer, OfNothingIsOneEmptyPage) {
  const ListFlashcardsResponse response = Parsed(Cards(0).Page(0, ""));
  EXPECT_EQ(response.flashcards_size(), 0);
  EXPECT_EQ(response.catalog_revision(), 3);
  EXPECT_EQ(response.next_page_token(), "");
}

TEST(PagedAnswer, EveryPageSizeVisitsEachItemOnce) {
  for (const int count : {1, 7, 50, 51, 120}) {
    const PagedAnswer cards = Cards(count);
    for (const int page_size : {0, 1, 3, 7, 50, 119, 120, 1000}) {
      std::string token;
      int seen = 0;
      do {
        const ListFlashcardsResponse page = Parsed(cards.Page(page_size, token));
        ASSERT_GT(page.flashcards_size(), 0);
        ASSERT_LE(page.flashcards_size(), page_size == 0 ? limits::kDefaultPageSize : page_size);
        for (const auto& card : page.flashcards()) EXPECT_EQ(card.card_id(), absl::StrCat("card", seen++));
        EXPECT_EQ(page.catalog_revision(), 3);
        token = page.next_page_token();
      } while (!token.empty());
      EXPECT_EQ(seen, count) << page_size;
    }
  }
}

TEST(PagedAnswer, EndsAPageThatWouldGrowTooLarge) {
  const PagedAnswer cards = Cards(10, 3, limits::kMaxPageBytes / 4);
  const ListFlashcardsResponse page = Parsed(cards.Page(10, ""));
  EXPECT_EQ(page.flashcards_size(), 3);
  EXPECT_NE(page.next_page_token(), "");
  EXPECT_EQ(Parsed(Cards(2, 3, 2 * limits::kMaxPageBytes).Page(10, "")).flashcards_size(), 1);
}

TEST(PagedAnswer, RefusesSizesOutOfRange) {
  EXPECT_EQ(ReasonOf(Cards(3).Page(-1, "")), "PAGE_SIZE_OUT_OF_RANGE");
  EXPECT_EQ(ReasonOf(Cards(3).Page(1001, "")), "PAGE_SIZE_OUT_OF_RANGE");
}

TEST(PagedAnswer, RefusesTokensThatItDidNotGive) {
  const std::string token = Parsed(Cards(9).Page(4, "")).next_page_token();
  EXPECT_OK(Cards(9).Page(4, token));
  EXPECT_EQ(ReasonOf(Cards(9, 4).Page(4, token)), "PAGE_TOKEN_INVALID") << "another revision";
  EXPECT_EQ(ReasonOf(Cards(8).Page(4, token)), "PAGE_TOKEN_INVALID") << "another list";
  for (const std::string& other :
       {std::string("x"), token + "0", "0" + token, token.substr(1), token.substr(0, 16), token.substr(0, 16) + "0",
        token.substr(0, 16) + "9", token.substr(0, 16) + "+4", token.substr(0, 16) + "ffffffffffffffffffff"}) {
    EXPECT_EQ(ReasonOf(Cards(9).Page(4, other)), "PAGE_TOKEN_INVALID") << other;
  }
}

}  // namespace
}  // namespace edirae::gateway
