#include "common/wire/wire.h"

#include <gtest/gtest.h>

#include <random>

#include "common/testing/seed.h"
#include "common/testing/status_matchers.h"
#include "edirae/progress/v1/progress_service.pb.h"

namespace edirae::wire {
namespace {

using ::edirae::testing::IsOkAndHolds;
using ::edirae::testing::StatusIs;
using progress::v1::ListLearnerEventsRequest;

ListLearnerEventsRequest Sample() {
  ListLearnerEventsRequest message;
  message.set_learner_id(std::string(300, 'l'));
  message.set_page_size(77);
  message.set_page_token("token");
  message.set_after_seq(int64_t{1} << 40);
  return message;
}

TEST(Wire, AppendedFieldsAreWhatProtobufWrites) {
  const ListLearnerEventsRequest message = Sample();
  std::string bytes;
  AppendBytes(bytes, ListLearnerEventsRequest::kLearnerIdFieldNumber, message.learner_id());
  EXPECT_EQ(bytes.size(), SizeOfBytes(ListLearnerEventsRequest::kLearnerIdFieldNumber, message.learner_id().size()));
  AppendVarint(bytes, ListLearnerEventsRequest::kPageSizeFieldNumber, 77);
  AppendBytes(bytes, ListLearnerEventsRequest::kPageTokenFieldNumber, message.page_token());
  AppendVarint(bytes, ListLearnerEventsRequest::kAfterSeqFieldNumber, uint64_t{1} << 40);
  EXPECT_EQ(bytes, message.SerializeAsString());
}

TEST(Wire, FindsFieldsBetweenOthers) {
  const std::string bytes = Sample().SerializeAsString();
  EXPECT_THAT(FindBytes(bytes, ListLearnerEventsRequest::kPageTokenFieldNumber), IsOkAndHolds("token"));
  EXPECT_THAT(FindBytes(bytes, 99), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(FindVarint(bytes, ListLearnerEventsRequest::kAfterSeqFieldNumber), IsOkAndHolds(uint64_t{1} << 40));
  EXPECT_THAT(FindVarint(bytes, 99), IsOkAndHolds(0u));
}

TEST(Wire, StepsOverFixedWidthFields) {
  std::string bytes =
      "\x19"  // field 3, 8 bytes
      "12345678"
      "\x25"  // field 4, 4 bytes
      "1234";
  AppendBytes(bytes, 1, "x");
  EXPECT_THAT(FindBytes(bytes, 1), IsOkAndHolds("x"));
}

TEST(Wire, RefusesAFieldThatOccursTwice) {
  std::string bytes;
  AppendBytes(bytes, 1, "a");
  AppendBytes(bytes, 1, "b");
  EXPECT_THAT(FindBytes(bytes, 1), StatusIs(absl::StatusCode::kInternal));
}

TEST(Wire, RefusesEveryTruncation) {
  const std::string bytes = Sample().SerializeAsString();
  for (size_t size = 0; size < bytes.size(); ++size) {
    ListLearnerEventsRequest parsed;
    const bool parses = parsed.ParseFromArray(bytes.data(), static_cast<int>(size));
    EXPECT_EQ(FindBytes(absl::string_view(bytes).substr(0, size), 3).ok(), parses) << size;
  }
}

TEST(Wire, SurvivesAnyBytes) {
  std::mt19937_64 random(testing::Seed());
  for (int i = 0; i < 100'000; ++i) {
    std::string bytes(random() % 24, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    const auto found = FindBytes(bytes, 1);
    if (found.ok() && found->has_value()) {
      EXPECT_GE((*found)->data(), bytes.data());
      EXPECT_LE((*found)->data() + (*found)->size(), bytes.data() + bytes.size());
    }
  }
}

}  // namespace
}  // namespace edirae::wire
