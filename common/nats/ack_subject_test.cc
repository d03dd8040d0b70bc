#include "common/nats/ack_subject.h"

#include "common/testing/status_matchers.h"

namespace edirae::nats {
namespace {

using ::edirae::testing::StatusIs;

TEST(ParseAckSubject, ReadsTheShortForm) {
  ASSERT_OK_AND_ASSIGN(MessagePosition position, ParseAckSubject("$JS.ACK.S.d.3.41.52.1700000000000000001.7"));
  EXPECT_EQ(position.num_delivered, 3u);
  EXPECT_EQ(position.stream_seq, 41u);
  EXPECT_EQ(position.consumer_seq, 52u);
  EXPECT_EQ(position.timestamp, absl::FromUnixNanos(1700000000000000001));
  EXPECT_EQ(position.num_pending, 7u);
}

TEST(ParseAckSubject, ReadsTheFormWithDomainAndAccount) {
  for (const char* subject : {"$JS.ACK.dom.acc.S.d.3.41.52.1700000000000000001.7",
                              "$JS.ACK.dom.acc.S.d.3.41.52.1700000000000000001.7.random"}) {
    ASSERT_OK_AND_ASSIGN(MessagePosition position, ParseAckSubject(subject));
    EXPECT_EQ(position.stream_seq, 41u);
    EXPECT_EQ(position.num_pending, 7u);
  }
}

TEST(ParseAckSubject, RefusesAnythingElse) {
  for (const char* subject :
       {"", "$JS.ACK", "$JS.ACK.", "_INBOX.a.1", "$JS.ACK.S.d.3.41.52.7", "$JS.ACK.S.d.x.41.52.1.7",
        "$JS.ACK.S.d.3.-1.52.1.7", "$JS.ACK.S.d.3.41.52.1.", "$JS.ACK.a.S.d.3.41.52.1.7"}) {
    EXPECT_THAT(ParseAckSubject(subject), StatusIs(absl::StatusCode::kInvalidArgument)) << subject;
  }
}

}  // namespace
}  // namespace edirae::nats
