#include "common/catalog_feed/catalog_feed.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/catalog_feed/encoded_content.h"
#include "common/rpc/channel.h"
#include "common/testing/eventually.h"
#include "edirae/catalog/v1/revision_service.grpc.pb.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"

namespace edirae {
namespace {

using catalog::v1::WatchRevisionsRequest;
using catalog::v1::WatchRevisionsResponse;
using testing::Eventually;
using Parts = std::vector<WatchRevisionsResponse>;

// A whole revision with one card, whose digest fits unless another is given.
Parts Revision(int64_t number, const std::string& digest = "") {
  Parts parts(3);
  parts[0].mutable_begin()->set_revision(number);
  parts[1].mutable_content()->add_flashcards()->set_card_id("a.card");
  parts[2].mutable_end()->set_revision(number);
  parts[2].mutable_end()->set_digest(digest.empty() ? DigestOf(parts[1].content()) : digest);
  return parts;
}

// The next revision as a change of the one before, whose card it keeps, and adds another, `id`.
Parts ChangeTo(int64_t number, const std::string& id, bool fits = true) {
  catalog::v1::RevisionContent content;
  content.add_flashcards()->set_card_id("a.card");
  content.add_flashcards()->set_card_id(id);
  Parts parts(3);
  parts[0].mutable_begin()->set_revision(number);
  parts[0].mutable_begin()->set_base_revision(number - 1);
  *parts[1].mutable_content()->add_flashcards() = content.flashcards(1);
  auto& end = *parts[2].mutable_end();
  end.set_revision(number);
  end.set_digest(DigestOf(content));
  auto& change = *end.add_changes();
  change.set_field_number(catalog::v1::RevisionContent::kFlashcardsFieldNumber);
  change.add_runs()->set_held_count(1);
  change.mutable_runs(0)->set_sent_count(1);
  end.set_elements_digest(fits ? catalog_feed::DigestOfElements(catalog_feed::EncodedContent(content).elements())
                               : "0123456789abcdef");
  return parts;
}

// Answers call number n with what the script says for it, and then stays silent until the call is cancelled.
class ScriptedCatalog final : public catalog::v1::RevisionService::Service {
 public:
  struct Call {
    Parts parts;
    bool ends = false;  // with UNAVAILABLE, after the parts
  };

  explicit ScriptedCatalog(std::vector<Call> script) : script_(std::move(script)) {}

  grpc::Status WatchRevisions(grpc::ServerContext* context, const WatchRevisionsRequest* request,
                              grpc::ServerWriter<WatchRevisionsResponse>* writer) override {
    Call call;
    {
      const std::lock_guard lock(mutex_);
      if (held_.size() < script_.size()) call = script_[held_.size()];
      held_.push_back(request->held_revision());
      accepted_deltas_ = request->accepts_deltas() && (held_.back() == 0) == request->held_digest().empty();
    }
    for (const WatchRevisionsResponse& part : call.parts) writer->Write(part);
    if (call.ends) return {grpc::StatusCode::UNAVAILABLE, "scripted"};
    while (!context->IsCancelled()) absl::SleepFor(absl::Milliseconds(1));
    return grpc::Status::CANCELLED;
  }

  // What each caller said that it holds.
  std::vector<int64_t> held() {
    const std::lock_guard lock(mutex_);
    return held_;
  }

  // Whether the last caller says that it takes changes, and of what.
  bool accepted_deltas() const { return accepted_deltas_; }

 private:
  std::mutex mutex_;
  const std::vector<Call> script_;
  std::vector<int64_t> held_;
  std::atomic<bool> accepted_deltas_ = false;
};

class CatalogFeedTest : public ::testing::Test {
 protected:
  ~CatalogFeedTest() override {
    feed_ = nullptr;
    if (server_ != nullptr) server_->Shutdown();
  }

  void Follow(std::vector<ScriptedCatalog::Call> script) {
    catalog_ = std::make_unique<ScriptedCatalog>(std::move(script));
    // No in-process channel: gRPC 1.51 crashes when a call is made on one whose server has shut down.
    int port = 0;
    server_ = grpc::ServerBuilder()
                  .AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port)
                  .RegisterService(catalog_.get())
                  .BuildAndStart();
    feed_ = std::make_unique<CatalogFeed>(rpc::NewClientChannel(absl::StrCat("127.0.0.1:", port)), "token",
                                          [this](const std::shared_ptr<const CatalogRevision>& revision) {
                                            const std::lock_guard lock(mutex_);
                                            taken_.push_back(revision->number);
                                          });
  }

  std::vector<int64_t> taken() {
    const std::lock_guard lock(mutex_);
    return taken_;
  }

  std::mutex mutex_;
  std::vector<int64_t> taken_;
  std::unique_ptr<ScriptedCatalog> catalog_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<CatalogFeed> feed_;
};

TEST_F(CatalogFeedTest, ComesBackWithWhatItHoldsAfterTheStreamBreaks) {
  Follow({{.parts = Revision(1), .ends = true}, {.parts = Revision(2)}});
  ASSERT_TRUE(Eventually([&] { return taken().size() == 2; }));
  EXPECT_EQ(taken(), (std::vector<int64_t>{1, 2}));
  EXPECT_EQ(catalog_->held(), (std::vector<int64_t>{0, 1}));
}

TEST_F(CatalogFeedTest, RefusesRevisionWhoseDigestDoesNotFitAndAsksAgain) {
  Follow({{.parts = Revision(1, "0123456789abcdef")}, {.parts = Revision(1)}});
  ASSERT_TRUE(Eventually([&] { return taken().size() == 1; }));
  EXPECT_EQ(catalog_->held(), (std::vector<int64_t>{0, 0}));
}

TEST_F(CatalogFeedTest, AppliesChangesOnOneStreamAndAfterAnother) {
  Parts both = Revision(1);
  for (const auto& part : ChangeTo(2, "b.card")) both.push_back(part);
  Follow({{.parts = both, .ends = true}, {.parts = Revision(3), .ends = true}, {.parts = ChangeTo(4, "c.card")}});
  ASSERT_TRUE(Eventually([&] { return taken().size() == 4; }));
  EXPECT_EQ(taken(), (std::vector<int64_t>{1, 2, 3, 4}));
  EXPECT_EQ(catalog_->held(), (std::vector<int64_t>{0, 2, 3}));
  EXPECT_TRUE(catalog_->accepted_deltas());
}

TEST_F(CatalogFeedTest, AsksForTheWholeWhenAChangeDoesNotFit) {
  Parts parts = Revision(1);
  for (const auto& part : ChangeTo(2, "b.card", /*fits=*/false)) parts.push_back(part);
  // The stream with the whole breaks once; the feed asks for the whole again.
  Follow({{.parts = parts}, {.ends = true}, {.parts = Revision(2), .ends = true}, {.parts = ChangeTo(3, "c.card")}});
  ASSERT_TRUE(Eventually([&] { return taken().size() == 3; }));
  EXPECT_EQ(taken(), (std::vector<int64_t>{1, 2, 3}));
  EXPECT_EQ(catalog_->held(), (std::vector<int64_t>{0, 0, 0, 2}));
}

TEST_F(CatalogFeedTest, TakesWhatItHoldsAgainWhenItAskedForTheWhole) {
  Parts parts = Revision(1);
  for (const auto& part : ChangeTo(2, "b.card", /*fits=*/false)) parts.push_back(part);
  Follow({{.parts = parts}, {.parts = Revision(1)}});
  ASSERT_TRUE(Eventually([&] { return taken().size() == 2; }));
  EXPECT_EQ(taken(), (std::vector<int64_t>{1, 1}));
}

TEST_F(CatalogFeedTest, RefusesPartsOutOfOrderAndRevisionsThatAreNotNewer) {
  Parts swapped = Revision(2);
  std::swap(swapped[0], swapped[1]);
  Parts half = Revision(2);
  half.pop_back();
  Follow({{.parts = Revision(1), .ends = true},
          {.parts = Revision(1)},
          {.parts = swapped},
          {.parts = half, .ends = true},
          {.parts = Revision(2)}});
  ASSERT_TRUE(Eventually([&] { return taken().size() == 2; }));
  EXPECT_EQ(taken(), (std::vector<int64_t>{1, 2}));
  EXPECT_EQ(catalog_->held(), (std::vector<int64_t>{0, 1, 1, 1, 1}));
}

TEST_F(CatalogFeedTest, EndsAtOnceWhileTheCatalogIsSilent) {
  Follow({{.parts = Revision(1)}});
  ASSERT_TRUE(Eventually([&] { return taken().size() == 1; }));
  const absl::Time start = absl::Now();
  feed_ = nullptr;
  EXPECT_LT(absl::Now() - start, absl::Seconds(2));
}

TEST_F(CatalogFeedTest, EndsAtOnceWhileTheCatalogIsAway) {
  Follow({});
  server_->Shutdown(absl::ToChronoTime(absl::Now()));
  const absl::Time start = absl::Now();
  feed_ = nullptr;
  EXPECT_LT(absl::Now() - start, absl::Seconds(2));
}

TEST_F(CatalogFeedTest, EndsAtOnceHoweverEarly) {
  for (int i = 0; i < 50; ++i) {
    Follow({{.parts = Revision(1)}});
    feed_ = nullptr;
    server_->Shutdown(absl::ToChronoTime(absl::Now()));
  }
}

}  // namespace
}  // namespace edirae
