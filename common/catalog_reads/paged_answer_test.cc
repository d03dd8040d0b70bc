#include "common/catalog_reads/paged_answer.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/catalog_reads/limits.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "edirae/learn/v1/learn_service.pb.h"

namespace edirae::catalog_reads {
namespace {

using learn::v1::ListFlashcardsResponse;

// A list with the cards that it lists.
class Cards {
 public:
  explicit Cards(int count, int64_t revision = 3, size_t text_size = 10, int first = 0)
      : Cards("cards/x", count, revision, text_size, first) {}
  Cards(const std::string& name, int count, int64_t revision = 3, size_t text_size = 10, int first = 0)
      : answer_(name, revision) {
    for (int i = first; i < count; ++i) {
      cards_.push_back(std::make_unique<catalog::v1::Flashcard>());
      cards_.back()->set_card_id(absl::StrCat("card", i));
      cards_.back()->set_front(std::string(text_size, 'x'));
      answer_.Add(cards_.back()->card_id(), *cards_.back());
    }
  }

  absl::StatusOr<rpc::Bytes> Page(int page_size, absl::string_view page_token) const {
    return answer_.Page(page_size, page_token);
  }
  absl::string_view Item(size_t place) const { return answer_.Item(place); }

 private:
  std::vector<std::unique_ptr<catalog::v1::Flashcard>> cards_;
  PagedAnswer answer_;
};

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
  const Cards cards(3);
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
    const Cards cards(count);
    for (const int page_size : {0, 1, 3, 7, 50, 119, 120, 1000}) {
      std::string token;
      int seen = 0;
      do {
        const ListFlashcardsResponse page = Parsed(cards.Page(page_size, token));
        ASSERT_GT(page.flashcards_size(), 0);
        ASSERT_LE(page.flashcards_size(), page_size == 0 ? rpc::limits::kDefaultPageSize : page_size);
        for (const auto& card : page.flashcards()) EXPECT_EQ(card.card_id(), absl::StrCat("card", seen++));
        EXPECT_EQ(page.catalog_revision(), 3);
        token = page.next_page_token();
      } while (!token.empty());
      EXPECT_EQ(seen, count) << page_size;
    }
  }
}

TEST(PagedAnswer, EndsAPageThatWouldGrowTooLarge) {
  const Cards cards(10, 3, rpc::limits::kMaxPageBytes / 4);
  const ListFlashcardsResponse page = Parsed(cards.Page(10, ""));
  EXPECT_EQ(page.flashcards_size(), 3);
  EXPECT_NE(page.next_page_token(), "");
  EXPECT_EQ(Parsed(Cards(2, 3, 2 * rpc::limits::kMaxPageBytes).Page(10, "")).flashcards_size(), 1);
}

TEST(PagedAnswer, TokenIsGoodForItsListInEveryRevision) {
  const std::string token = Parsed(Cards(9).Page(4, "")).next_page_token();
  EXPECT_EQ(Parsed(Cards(9, 4).Page(4, token)).flashcards(0).card_id(), "card4");
  EXPECT_EQ(ReasonOf(Cards(3).Page(4, token)), "STALE_PAGE_TOKEN");
  const PagedAnswer other("ListFlashcards/other", 3);
  EXPECT_EQ(ReasonOf(other.Page(4, token)), "BAD_PAGE_TOKEN");
}

TEST(PagedAnswer, RefusesSizesOutOfRange) {
  EXPECT_EQ(ReasonOf(Cards(3).Page(-1, "")), "BAD_PAGE_SIZE");
  EXPECT_EQ(ReasonOf(Cards(3).Page(1001, "")), "BAD_PAGE_SIZE");
}

TEST(PagedAnswer, GoesOnBehindTheLastItemInAnotherRevision) {
  const std::string token = Parsed(Cards(9).Page(4, "")).next_page_token();
  const ListFlashcardsResponse page = Parsed(Cards(12, 4, 10, 2).Page(4, token));
  EXPECT_EQ(page.flashcards(0).card_id(), "card4");
  EXPECT_EQ(page.catalog_revision(), 4);
  EXPECT_EQ(Parsed(Cards(4).Page(4, token)).flashcards_size(), 0) << "it has become the last";
  EXPECT_EQ(ReasonOf(Cards(9, 4, 10, 5).Page(4, token)), "STALE_PAGE_TOKEN") << "it is gone";
}

TEST(PagedAnswer, RefusesTokensThatItDidNotGive) {
  const std::string token = Parsed(Cards(9).Page(4, "")).next_page_token();
  EXPECT_OK(Cards(9).Page(4, token));
  EXPECT_EQ(ReasonOf(Cards("cards/y", 9).Page(4, token)), "BAD_PAGE_TOKEN");
  for (const std::string& other : {std::string("x"), token + "0", "0" + token, token.substr(1), token.substr(0, 16),
                                   token.substr(0, 16) + "0000000000000000", token.substr(16) + token.substr(16),
                                   token.substr(0, 16) + "+" + token.substr(17), std::string(100'000, 'a')}) {
    EXPECT_EQ(ReasonOf(Cards(9).Page(4, other)), "BAD_PAGE_TOKEN") << other.substr(0, 40);
  }
}

TEST(PagedAnswer, HandsOutSingleItemsAsFields) {
  const Cards cards(3);
  ListFlashcardsResponse response;
  ASSERT_TRUE(response.ParseFromString(std::string(cards.Item(1)) + std::string(cards.Item(0))));
  EXPECT_EQ(response.flashcards(0).card_id(), "card1");
  EXPECT_EQ(response.flashcards(1).card_id(), "card0");
}

}  // namespace
}  // namespace edirae::catalog_reads
