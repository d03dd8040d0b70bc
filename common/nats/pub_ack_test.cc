#include "common/nats/pub_ack.h"

#include <string>

#include "common/testing/status_matchers.h"

namespace edirae::nats {
namespace {

using ::edirae::testing::StatusIs;
using ::testing::HasSubstr;

TEST(ParsePubAck, ReadsSequenceAndDuplicate) {
  ASSERT_OK_AND_ASSIGN(PubAck stored, ParsePubAck(R"({"stream":"S", "seq":18446744073709551615})"));
  EXPECT_EQ(stored.seq, 18446744073709551615u);
  EXPECT_FALSE(stored.duplicate);
  ASSERT_OK_AND_ASSIGN(PubAck repeated, ParsePubAck(R"({"duplicate": true,"seq":5,"stream":"S","new":{}})"));
  EXPECT_EQ(repeated.seq, 5u);
  EXPECT_TRUE(repeated.duplicate);
}

TEST(ParsePubAck, ReadsTheServersError) {
  EXPECT_THAT(ParsePubAck(R"({"error":{"code":503,"err_code":10077,"description":"maximum bytes exceeded"}})"),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("maximum bytes exceeded")));
  EXPECT_THAT(ParsePubAck(R"({"error":{"code":503}})"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(ParsePubAck(R"({"error":{"code":"x"},"seq":1})"), StatusIs(absl::StatusCode::kInternal));
}

TEST(ParsePubAck, RefusesAnythingElse) {
  for (const char* json :
       {"", "null", "[]", "{", "{}", R"({"seq":0})", R"({"seq":-1})", R"({"seq":1.5})", R"({"seq":"1"})", "+OK"}) {
    EXPECT_THAT(ParsePubAck(json), StatusIs(absl::StatusCode::kInternal)) << json;
  }
  EXPECT_THAT(ParsePubAck(std::string(1 << 20, '[')), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace edirae::nats
