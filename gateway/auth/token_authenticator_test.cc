#include "gateway/auth/token_authenticator.h"

#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "gateway/limits.h"

namespace edirae::gateway {
namespace {

constexpr char kAuthenticatorSecret[] = "0123456789abcdef0123456789abcdef";

class TokenAuthenticatorTest : public ::testing::Test {
 protected:
  std::string Bearer(const std::string& learner_id, absl::Duration life = absl::Hours(1)) {
    return absl::StrCat("Bearer ", MintToken(kAuthenticatorSecret, learner_id, life, clock_.Now()).value());
  }

  std::string ReasonOf(const std::string& authorization) {
    const auto principal = authenticator_.Authenticate(authorization);
    return principal.ok() ? "OK" : ErrorInfoOf(principal.status()).reason();
  }

  double Verifications() {
    return metrics_
        .Counter("edirae_gateway_token_verifications_total",
                 "Tokens whose signature was checked because they were not remembered")
        .Value();
  }

  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Metrics metrics_;
  TokenAuthenticator authenticator_{kAuthenticatorSecret, clock_, metrics_};
};

TEST_F(TokenAuthenticatorTest, MakesALearnerOfAToken) {
  const auto principal = authenticator_.Authenticate(Bearer("ada"));
  ASSERT_OK(principal);
  EXPECT_EQ(principal->subject(), "ada");
  EXPECT_EQ(principal->role(), identity::v1::ROLE_LEARNER);
}

TEST_F(TokenAuthenticatorTest, MakesAnAuthorOfAnAuthorsTokenEveryTime) {
  const std::string bearer = absl::StrCat(
      "Bearer ",
      MintToken(kAuthenticatorSecret, "ada", absl::Hours(1), clock_.Now(), identity::v1::ROLE_AUTHOR).value());
  for (int i = 0; i < 2; ++i) {
    const auto principal = authenticator_.Authenticate(bearer);
    ASSERT_OK(principal);
    EXPECT_EQ(principal->role(), identity::v1::ROLE_AUTHOR);
  }
}

TEST_F(TokenAuthenticatorTest, TellsMissingFromInvalid) {
  EXPECT_EQ(ReasonOf(""), "TOKEN_MISSING");
  EXPECT_EQ(ReasonOf("Basic YWRhOmFkYQ=="), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf("Bearer "), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf("Bearer x.y.z"), "TOKEN_INVALID");
}

TEST_F(TokenAuthenticatorTest, ChecksTheSignatureOnceAndTheExpiryEveryTime) {
  const std::string bearer = Bearer("ada");
  EXPECT_EQ(ReasonOf(bearer), "OK");
  EXPECT_EQ(ReasonOf(bearer), "OK");
  EXPECT_EQ(Verifications(), 1);
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(ReasonOf(bearer), "TOKEN_EXPIRED");
}

TEST_F(TokenAuthenticatorTest, RemembersNothingThatWasRefused) {
  EXPECT_EQ(ReasonOf("Bearer x.y.z"), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf("Bearer x.y.z"), "TOKEN_INVALID");
  EXPECT_EQ(Verifications(), 2);
}

TEST_F(TokenAuthenticatorTest, ForgetsTheOldestGeneration) {
  const std::string first = Bearer("first");
  EXPECT_EQ(ReasonOf(first), "OK");
  for (size_t i = 0; i < 2 * limits::kTokenCacheGeneration; ++i)
    EXPECT_EQ(ReasonOf(Bearer(absl::StrCat("l", i))), "OK");
  const double before = Verifications();
  EXPECT_EQ(ReasonOf(first), "OK");
  EXPECT_EQ(Verifications(), before + 1);
}

TEST_F(TokenAuthenticatorTest, ServesManyThreads) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([this, t] {
      for (int i = 0; i < 500; ++i) {
        const std::string learner_id = absl::StrCat("l", (i * 7 + t) % 50);
        const auto principal = authenticator_.Authenticate(Bearer(learner_id));
        ASSERT_OK(principal);
        EXPECT_EQ(principal->subject(), learner_id);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace edirae::gateway
