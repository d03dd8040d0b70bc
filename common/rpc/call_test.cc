#include "common/rpc/call.h"

#include "common/rpc/authenticator.h"
#include "common/rpc/unary.h"
#include "common/status/error.h"
#include "gtest/gtest.h"

namespace edirae::rpc {
namespace {

identity::v1::Principal Learner(const std::string& id) {
  identity::v1::Principal principal;
  principal.set_subject(id);
  principal.set_role(identity::v1::ROLE_LEARNER);
  return principal;
}

TEST(Principal, LearnersActForThemselvesOnly) {
  EXPECT_TRUE(CheckMayActFor(Learner("ada"), "ada").ok());
  const absl::Status refused = CheckMayActFor(Learner("ada"), "bob");
  EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ErrorInfoOf(refused).reason(), "OTHER_SUBJECT");
  EXPECT_FALSE(CheckMayActFor(identity::v1::Principal(), "").ok());
}

TEST(Principal, AuthorsLearnTooAndLearnersDoNotPublish) {
  identity::v1::Principal author = Learner("ada");
  author.set_role(identity::v1::ROLE_AUTHOR);
  EXPECT_TRUE(CheckMayActFor(author, "ada").ok());
  EXPECT_FALSE(CheckMayActFor(author, "bob").ok());
  EXPECT_TRUE(CheckMayAuthor(author).ok());
  EXPECT_FALSE(CheckIsService(author).ok());
  EXPECT_EQ(ErrorInfoOf(CheckMayAuthor(Learner("ada"))).reason(), "AUTHORS_ONLY");
}

TEST(Principal, AdministratorsAndServicesActForAnyone) {
  identity::v1::Principal principal = Learner("ada");
  for (const auto role : {identity::v1::ROLE_ADMIN, identity::v1::ROLE_SERVICE}) {
    principal.set_role(role);
    EXPECT_TRUE(CheckMayActForAnyone(principal).ok());
  }
  for (const auto role : {identity::v1::ROLE_LEARNER, identity::v1::ROLE_AUTHOR, identity::v1::ROLE_MENTOR}) {
    principal.set_role(role);
    EXPECT_EQ(ErrorInfoOf(CheckMayActForAnyone(principal)).reason(), "OTHER_SUBJECT");
  }
}

TEST(Principal, OnlyServicesAreServices) { EXPECT_FALSE(CheckIsService(Learner("ada")).ok()); }

TEST(ServiceAuthenticator, KnowsOneSecret) {
  const ServiceAuthenticator authenticator("0123456789abcdef0123456789abcdef");
  EXPECT_TRUE(authenticator.Authenticate("Bearer 0123456789abcdef0123456789abcdef").ok());
  for (const char* bad :
       {"", "Bearer ", "Bearer 0123456789abcdef0123456789abcdee", "0123456789abcdef0123456789abcdef"}) {
    EXPECT_EQ(authenticator.Authenticate(bad).status().code(), absl::StatusCode::kUnauthenticated) << bad;
  }
}

TEST(Traceparent, KeepsWhatIsWellFormedAndNothingElse) {
  const std::string good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  EXPECT_EQ(TraceparentFrom(good), good);
  EXPECT_EQ(TraceId(good), "4bf92f3577b34da6a3ce929d0e0e4736");
  for (const char* bad : {"", "00-xyz", "00-4bf92f3577b34da6a3ce929d0e0e473X-00f067aa0ba902b7-01",
                          "00-00000000000000000000000000000000-00f067aa0ba902b7-01"}) {
    EXPECT_EQ(TraceparentFrom(bad), "") << bad;
    EXPECT_EQ(TraceId(bad), "") << bad;
  }
  EXPECT_EQ(NewTraceId().size(), 32);
  EXPECT_NE(NewTraceId(), NewTraceId());
}

TEST(GrpcStatus, CarriesTheReasonBothWays) {
  const absl::Status sent =
      MakeError(absl::StatusCode::kNotFound, "QUESTION_NOT_FOUND", "no such question", {{"question_id", "x"}});
  const absl::Status got = FromGrpc(ToGrpc(sent, "progress.edirae"));
  EXPECT_EQ(got.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ErrorInfoOf(got).reason(), "QUESTION_NOT_FOUND");
}

}  // namespace
}  // namespace edirae::rpc
