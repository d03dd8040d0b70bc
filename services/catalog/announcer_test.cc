#include "services/catalog/adapters/announcer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/process/nats_server.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "edirae/events/v1/catalog_event.pb.h"
#include "services/catalog/testing/fake_revision_store.h"

namespace edirae::catalog {
namespace {

using edirae::testing::Eventually;
using ::testing::Contains;
using ::testing::Pair;

TEST(RevisionMessage, IsACloudEvent) {
  const RevisionRecord record = {.number = 7,
                                 .publish_time = absl::FromUnixSeconds(1'800'000'000),
                                 .author = "ada",
                                 .note = "new",
                                 .restored_revision = 3,
                                 .digest = "0123456789abcdef"};
  const nats::OutgoingMessage message = ToMessage(record);
  EXPECT_EQ(message.subject, "catalog.events.v1.revision_published");
  EXPECT_EQ(message.id, "0123456789abcdef-7");
  EXPECT_THAT(message.headers, Contains(Pair("ce-id", "0123456789abcdef-7")));
  EXPECT_THAT(message.headers, Contains(Pair("ce-type", "org.edirae.catalog.revision_published.v1")));
  EXPECT_THAT(message.headers, Contains(Pair("ce-sequence", "7")));
  EXPECT_THAT(message.headers, Contains(Pair("ce-time", "2027-01-15T08:00:00Z")));
  events::v1::RevisionPublished event;
  ASSERT_TRUE(event.ParseFromString(message.payload));
  EXPECT_EQ(event.revision(), 7);
  EXPECT_EQ(event.author(), "ada");
  EXPECT_EQ(event.restored_revision(), 3);
}

class AnnouncerTest : public ::testing::Test {
 protected:
  void Append() {
    ASSERT_OK(
        store_.Append({.author = "ada", .content = store_.Stage(absl::StrCat("content ", appended_))}, appended_));
    ++appended_;
  }
  void StartBus() {
    auto server = process::NatsServer::Start({.folder = folder_.File("nats")});
    ASSERT_OK(server);
    nats_ = *std::move(server);
  }
  void StartAnnouncer() {
    auto announcer = Announcer::Start({.nats_url = nats_->url()}, store_, metrics_);
    ASSERT_OK(announcer);
    announcer_ = *std::move(announcer);
  }
  bool Marked(int64_t number) {
    return Eventually([&] { return store_.ReadAnnounced()->number == number; }, absl::Seconds(20));
  }
  // How many messages the stream holds.
  uint64_t InStream() {
    auto connection = nats::Connection::Connect({.url = nats_->url(), .client_name = "test"});
    EXPECT_OK(connection);
    EXPECT_OK((*connection)->WaitConnected(absl::Seconds(10)));
    const auto state = nats::JetStream(**connection).GetStream(kCatalogEventStream);
    EXPECT_OK(state);
    return state->messages;
  }

  const edirae::testing::TempFolder folder_;
  Metrics metrics_;
  testing::FakeRevisionStore store_;
  int64_t appended_ = 0;
  std::unique_ptr<process::NatsServer> nats_;
  std::unique_ptr<Announcer> announcer_;
};

TEST_F(AnnouncerTest, TellsEveryRevisionOnceAndNewOnesAtOnce) {
  StartBus();
  Append();
  Append();
  StartAnnouncer();
  ASSERT_TRUE(Marked(2));
  Append();
  announcer_->Wake();
  ASSERT_TRUE(Marked(3));
  EXPECT_EQ(InStream(), 3u);
  announcer_ = nullptr;
  StartAnnouncer();  // the newest is told again, and the stream knows it by its id
  Append();
  announcer_->Wake();
  ASSERT_TRUE(Marked(4));
  EXPECT_EQ(InStream(), 4u);
}

TEST_F(AnnouncerTest, TellsLaterWhatWasPublishedWhileTheBusWasDown) {
  StartBus();
  StartAnnouncer();
  Append();
  announcer_->Wake();
  ASSERT_TRUE(Marked(1));
  nats_->Kill();
  Append();
  announcer_->Wake();
  ASSERT_OK(nats_->Restart());
  EXPECT_TRUE(Marked(2));
  EXPECT_EQ(InStream(), 2u);
}

TEST_F(AnnouncerTest, TellsEverythingAgainIntoANewStream) {
  StartBus();
  Append();
  Append();
  StartAnnouncer();
  ASSERT_TRUE(Marked(2));
  auto connection = nats::Connection::Connect({.url = nats_->url(), .client_name = "test"});
  ASSERT_OK(connection);
  ASSERT_OK((*connection)->WaitConnected(absl::Seconds(10)));
  const int64_t epoch = store_.ReadAnnounced()->epoch;
  ASSERT_OK(nats::JetStream(**connection).DeleteStream(kCatalogEventStream));
  ASSERT_TRUE(Eventually([&] { return store_.ReadAnnounced()->epoch != epoch && store_.ReadAnnounced()->number == 2; },
                         absl::Seconds(20)));
  EXPECT_EQ(InStream(), 2u);
}

}  // namespace
}  // namespace edirae::catalog
