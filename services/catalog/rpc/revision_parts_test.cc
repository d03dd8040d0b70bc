#include "services/catalog/rpc/revision_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/catalog_feed/digest.h"
#include "common/catalog_feed/revision_assembler.h"
#include "common/testing/status_matchers.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

using catalog_feed::Assembled;
using catalog_feed::EncodedContent;

// Questions of about 7 kB and a card for each.
v1::RevisionContent Content(int questions) {
  v1::RevisionContent content;
  for (int i = 0; i < questions; ++i) {
    v1::Question& question = *content.add_questions()->mutable_question();
    question.set_question_id(absl::StrCat("a.q", i));
    question.set_prompt(absl::StrCat(i, std::string(7000, 'x')));
    content.add_flashcards()->set_card_id(absl::StrCat("a.c", i));
  }
  return content;
}

std::string BytesOf(const grpc::ByteBuffer& part) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  EXPECT_TRUE(part.Dump(&slices).ok());
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

// The revisions of one catalog, and a service that follows them.
class RevisionPartsTest : public ::testing::Test {
 protected:
  void Publish(const v1::RevisionContent& content) {
    newest_ = std::make_unique<RevisionParts>(++number_, EncodedContent(content), newest_.get());
  }

  v1::WatchRevisionsRequest Held() {
    v1::WatchRevisionsRequest request;
    request.set_accepts_deltas(true);
    if (held_ == nullptr) return request;
    request.set_held_revision(held_->number);
    request.set_held_digest(held_->digest);
    return request;
  }

  // Takes the newest and says how many bytes that took.
  size_t Follow() {
    catalog_feed::RevisionAssembler assembler(held_, nothing_dropped_);
    size_t bytes = 0;
    for (const grpc::ByteBuffer& part : newest_->For(Held(), absl::FromUnixSeconds(1'800'000'000))) {
      const std::string serialized = BytesOf(part);
      EXPECT_LE(serialized.size(), limits::kMaxPartBytes);
      bytes += serialized.size();
      const auto taken = assembler.Take(serialized);
      EXPECT_OK(taken);
    }
    held_ = assembler.held();
    EXPECT_EQ(held_->number, number_);
    EXPECT_EQ(held_->publish_time, absl::FromUnixSeconds(1'800'000'000));
    EXPECT_EQ(DigestOf(held_->content), newest_->content().digest());
    return bytes;
  }

  const catalog_feed::DroppedFields nothing_dropped_;
  int64_t number_ = 0;
  std::unique_ptr<RevisionParts> newest_;
  Assembled held_;
};

TEST_F(RevisionPartsTest, SendTheWholeToWhoeverHoldsNothing) {
  const v1::RevisionContent content = Content(400);
  Publish(content);
  EXPECT_GT(Follow(), content.ByteSizeLong());
}

TEST_F(RevisionPartsTest, SendOnlyWhatIsNew) {
  v1::RevisionContent content = Content(400);
  Publish(content);
  Follow();
  content.mutable_questions(7)->mutable_question()->set_prompt("Which?");
  content.mutable_questions()->SwapElements(100, 200);
  content.mutable_flashcards()->DeleteSubrange(5, 2);
  content.add_lessons()->set_concept_id("a");
  Publish(content);
  EXPECT_LT(Follow(), 500u);
  content.clear_flashcards();
  Publish(content);
  EXPECT_LT(Follow(), 300u);
}

TEST_F(RevisionPartsTest, LeadWhoeverMissedRevisionsToTheNewestInOneStep) {
  v1::RevisionContent content = Content(100);
  Publish(content);
  Follow();
  for (size_t i = 0; i < limits::kMaxKnownRevisions; ++i) {
    content.mutable_questions(static_cast<int>(i))->mutable_question()->set_prompt(absl::StrCat("New ", i));
    Publish(content);
  }
  EXPECT_LT(Follow(), 2000u);
}

TEST_F(RevisionPartsTest, SendTheWholeToWhoeverHoldsWhatIsNotKnown) {
  v1::RevisionContent content = Content(100);
  Publish(content);
  Follow();
  for (size_t i = 0; i <= limits::kMaxKnownRevisions; ++i) {
    content.mutable_questions(static_cast<int>(i))->mutable_question()->set_prompt(absl::StrCat("New ", i));
    Publish(content);
  }
  EXPECT_GT(Follow(), 500'000u) << "too many revisions ago";

  newest_ = nullptr;  // as after a restart of the catalog, which knows only the newest
  --number_;
  Publish(content);
  content.mutable_questions(0)->mutable_question()->set_prompt("Newer");
  Publish(content);
  EXPECT_LT(Follow(), 500u) << "the newest before the restart is known";

  v1::WatchRevisionsRequest other = Held();
  other.set_held_revision(number_ - 1);
  other.set_held_digest("0123456789abcdef");
  EXPECT_GT(newest_->For(other, absl::UnixEpoch()).at(1).Length(), 500'000u) << "another revision of that number";
}

TEST_F(RevisionPartsTest, SendTheWholeToWhoeverTakesNoChanges) {
  v1::RevisionContent content = Content(100);
  Publish(content);
  Follow();
  Publish(content);
  v1::WatchRevisionsRequest request = Held();
  EXPECT_EQ(newest_->For(request, absl::UnixEpoch()).size(), 2u) << "nothing has changed";
  request.set_accepts_deltas(false);
  EXPECT_GT(newest_->For(request, absl::UnixEpoch()).at(1).Length(), 500'000u);
}

TEST_F(RevisionPartsTest, SendTheWholeWhenMostHasChanged) {
  Publish(Content(100));
  Follow();
  v1::RevisionContent content = Content(100);
  for (v1::KeyedQuestion& keyed : *content.mutable_questions()) keyed.mutable_question()->mutable_prompt()->append("y");
  Publish(content);
  v1::WatchRevisionsResponse begin;
  ASSERT_TRUE(begin.ParseFromString(BytesOf(newest_->For(Held(), absl::UnixEpoch()).front())));
  EXPECT_EQ(begin.begin().base_revision(), 0);
  Follow();
}

TEST_F(RevisionPartsTest, SendOutputOfALaterContractAlong) {
  v1::RevisionContent content = Content(2);
  content.GetReflection()->MutableUnknownFields(&content)->AddLengthDelimited(99)->assign("later");
  Publish(content);
  catalog_feed::RevisionAssembler assembler(nullptr, nothing_dropped_);
  for (const auto& part : newest_->For(Held(), absl::UnixEpoch())) EXPECT_OK(assembler.Take(BytesOf(part)));
  ASSERT_NE(assembler.held(), nullptr);
  EXPECT_EQ(assembler.held()->content.questions_size(), 2);
}

}  // namespace
}  // namespace edirae::catalog
