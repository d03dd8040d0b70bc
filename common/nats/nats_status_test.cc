#include "common/nats/nats_status.h"

#include "common/testing/status_matchers.h"

namespace edirae::nats {
namespace {

using ::edirae::testing::StatusIs;
using ::testing::HasSubstr;

TEST(ToStatus, MapsTheLibrarysFailures) {
  EXPECT_OK(ToStatus(NATS_OK, "x"));
  EXPECT_THAT(ToStatus(NATS_CONNECTION_CLOSED, "x"), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("x: ")));
  EXPECT_THAT(ToStatus(NATS_TIMEOUT, "x"), StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(ToStatus(NATS_NOT_PERMITTED, "x"), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(ToStatus(NATS_MAX_PAYLOAD, "x"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ToStatus(NATS_PROTOCOL_ERROR, "x"), StatusIs(absl::StatusCode::kInternal));
}

TEST(ToStatus, JetStreamErrorCodesDecide) {
  EXPECT_THAT(ToStatus(NATS_ERR, JSStreamNotFoundErr, "x"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(ToStatus(NATS_ERR, JSStreamSubjectOverlapErr, "x"), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(ToStatus(NATS_TIMEOUT, static_cast<jsErrCode>(0), "x"), StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TEST(FromServerError, FallsBackToTheHttpLikeCode) {
  EXPECT_THAT(FromServerError(400, 1, "x"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("error 1")));
  EXPECT_THAT(FromServerError(404, 0, "x"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(FromServerError(503, 10008, "x"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(FromServerError(500, 0, "x"), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace edirae::nats
