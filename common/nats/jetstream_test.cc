#include "common/nats/jetstream.h"

#include <memory>
#include <string>

#include "common/testing/eventually.h"
#include "common/testing/nats_fixture.h"
#include "common/testing/status_matchers.h"

namespace edirae::nats {
namespace {

using ::edirae::testing::NatsFixture;
using ::edirae::testing::StatusIs;

class JetStreamTest : public NatsFixture {
 protected:
  void SetUp() override {
    NatsFixture::SetUp();
    connection_ = Connect();
    ASSERT_NE(connection_, nullptr);
    js_ = std::make_unique<JetStream>(*connection_);
  }

  static StreamSettings Orders() { return {.name = "ORDERS", .subjects = {"orders.>"}, .max_bytes = 1 << 20}; }

  std::unique_ptr<Connection> connection_;
  std::unique_ptr<JetStream> js_;
};

TEST_F(JetStreamTest, CreatesAStreamOnce) {
  ASSERT_OK(js_->EnsureStream(Orders()));
  ASSERT_OK_AND_ASSIGN(StreamState first, js_->GetStream("ORDERS"));
  ASSERT_OK(js_->EnsureStream(Orders()));
  ASSERT_OK_AND_ASSIGN(StreamState second, js_->GetStream("ORDERS"));
  EXPECT_EQ(first.created, second.created);
  EXPECT_EQ(second.messages, 0u);
  EXPECT_EQ(second.last_seq, 0u);
  EXPECT_LT(absl::AbsDuration(absl::Now() - first.created), absl::Minutes(1));
}

TEST_F(JetStreamTest, UpdatesLimitsAndSubjects) {
  ASSERT_OK(js_->EnsureStream(Orders()));
  StreamSettings changed = Orders();
  changed.subjects = {"orders.>", "returns.>"};
  changed.max_bytes = 2 << 20;
  changed.max_age = absl::Hours(1);
  changed.duplicate_window = absl::Minutes(5);
  ASSERT_OK(js_->EnsureStream(changed));
  // A second stream cannot have them now.
  StreamSettings overlapping = {.name = "OTHER", .subjects = {"returns.x"}, .max_bytes = 1 << 20};
  EXPECT_THAT(js_->EnsureStream(overlapping), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(JetStreamTest, RefusesBadSettings) {
  EXPECT_THAT(js_->EnsureStream({.name = "a.b", .subjects = {"x"}, .max_bytes = 1}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(js_->EnsureStream({.name = "a", .subjects = {}, .max_bytes = 1}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(js_->EnsureStream({.name = "a", .subjects = {"x"}}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(js_->EnsureStream({.name = "a", .subjects = {"x"}, .max_age = absl::Seconds(1), .max_bytes = 1}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(JetStreamTest, MoreThanTheServersStorageIsResourceExhausted) {
  StreamSettings large = Orders();
  large.max_bytes = int64_t{1} << 40;
  EXPECT_THAT(js_->EnsureStream(large), StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST_F(JetStreamTest, MissingThingsAreNotFound) {
  EXPECT_THAT(js_->GetStream("ORDERS"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(js_->DeleteStream("ORDERS"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(js_->GetLag("ORDERS", "reader"), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK(js_->EnsureStream(Orders()));
  EXPECT_THAT(js_->GetLag("ORDERS", "reader"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(js_->DeleteConsumer("ORDERS", "reader"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(JetStreamTest, DeletedStreamCanBeMadeAgainAndSaysSo) {
  ASSERT_OK(js_->EnsureStream(Orders()));
  ASSERT_OK_AND_ASSIGN(StreamState first, js_->GetStream("ORDERS"));
  ASSERT_OK(js_->DeleteStream("ORDERS"));
  ASSERT_OK(js_->EnsureStream(Orders()));
  ASSERT_OK_AND_ASSIGN(StreamState second, js_->GetStream("ORDERS"));
  EXPECT_GT(second.created, first.created);
}

TEST_F(JetStreamTest, IsUnavailableWithoutAServer) {
  server().Kill();
  // What is asked while the loss is being noticed may run into its time limit instead.
  ASSERT_TRUE(edirae::testing::Eventually([&] { return !connection_->connected(); }));
  EXPECT_THAT(js_->EnsureStream(Orders()), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(js_->GetStream("ORDERS"), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace edirae::nats
