#include "gateway/auth/token.h"

#include <gtest/gtest.h>
#include <jwt.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "gateway/limits.h"

namespace edirae::gateway {
namespace {

using ::edirae::testing::StatusIs;

constexpr char kSecret[] = "0123456789abcdef0123456789abcdef";
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

// A token with any claims and any algorithm.
std::string Forge(jwt_alg_t algorithm, const std::string& secret, const std::string& claims) {
  jwt_t* jwt = nullptr;
  EXPECT_EQ(jwt_new(&jwt), 0);
  EXPECT_EQ(jwt_add_grants_json(jwt, claims.c_str()), 0);
  const bool is_signed = algorithm != JWT_ALG_NONE;
  EXPECT_EQ(jwt_set_alg(jwt, algorithm, is_signed ? reinterpret_cast<const unsigned char*>(secret.data()) : nullptr,
                        is_signed ? static_cast<int>(secret.size()) : 0),
            0);
  char* text = jwt_encode_str(jwt);
  std::string token = text == nullptr ? "" : text;
  free(text);
  jwt_free(jwt);
  return token;
}

std::string Claims(absl::Duration life, absl::string_view more = R"("sub":"ada","iss":"edirae","aud":"edirae")") {
  return absl::StrCat("{\"exp\":", absl::ToUnixSeconds(kNow + life), ",", more, "}");
}

std::string ReasonOf(const std::string& token, absl::Time now = kNow) {
  const auto identity = VerifyToken(kSecret, token, now);
  return identity.ok() ? "OK" : ErrorInfoOf(identity.status()).reason();
}

TEST(Token, ProvesTheLearnerThatItWasMintedFor) {
  const auto token = MintToken(kSecret, "ada_1-x", absl::Hours(1), kNow);
  ASSERT_OK(token);
  const auto identity = VerifyToken(kSecret, *token, kNow);
  ASSERT_OK(identity);
  EXPECT_EQ(identity->learner_id, "ada_1-x");
  EXPECT_EQ(identity->expire_time, kNow + absl::Hours(1));
}

TEST(Token, SaysWhatItsHolderIs) {
  const auto learner = VerifyToken(kSecret, MintToken(kSecret, "ada", absl::Hours(1), kNow).value(), kNow);
  ASSERT_OK(learner);
  EXPECT_EQ(learner->role, identity::v1::ROLE_LEARNER);
  for (const auto role : {identity::v1::ROLE_AUTHOR, identity::v1::ROLE_MENTOR, identity::v1::ROLE_ADMIN}) {
    const auto holder = VerifyToken(kSecret, MintToken(kSecret, "ada", absl::Hours(1), kNow, role).value(), kNow);
    ASSERT_OK(holder);
    EXPECT_EQ(holder->role, role);
  }
  EXPECT_THAT(MintToken(kSecret, "ada", absl::Hours(1), kNow, identity::v1::ROLE_SERVICE),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(Token, IsRefusedOnceItHasExpired) {
  const auto token = MintToken(kSecret, "ada", absl::Hours(1), kNow);
  ASSERT_OK(token);
  EXPECT_EQ(ReasonOf(*token, kNow + absl::Hours(1) - absl::Seconds(1)), "OK");
  EXPECT_EQ(ReasonOf(*token, kNow + absl::Hours(1)), "TOKEN_EXPIRED");
}

TEST(Token, IsRefusedUnderAnotherSecret) {
  const auto token = MintToken("another secret of thirty-two bytes", "ada", absl::Hours(1), kNow);
  ASSERT_OK(token);
  EXPECT_EQ(ReasonOf(*token), "TOKEN_INVALID");
}

TEST(Token, IsRefusedWithoutASignature) {
  EXPECT_EQ(ReasonOf(Forge(JWT_ALG_NONE, "", Claims(absl::Hours(1)))), "TOKEN_INVALID");
}

TEST(Token, IsRefusedWhenTheSignatureIsCutOff) {
  const std::vector<std::string> parts = absl::StrSplit(Forge(JWT_ALG_HS256, kSecret, Claims(absl::Hours(1))), '.');
  const std::string none = absl::WebSafeBase64Escape(R"({"alg":"none","typ":"JWT"})");
  EXPECT_EQ(ReasonOf(absl::StrCat(parts[0], ".", parts[1], ".")), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(absl::StrCat(parts[0], ".", parts[1])), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(absl::StrCat(none, ".", parts[1], ".")), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(absl::StrCat(none, ".", parts[1], ".", parts[2])), "TOKEN_INVALID");
}

TEST(Token, IsRefusedUnderOtherAlgorithmsEvenWithTheSecret) {
  EXPECT_EQ(ReasonOf(Forge(JWT_ALG_HS256, kSecret, Claims(absl::Hours(1)))), "OK");
  EXPECT_EQ(ReasonOf(Forge(JWT_ALG_HS384, kSecret, Claims(absl::Hours(1)))), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Forge(JWT_ALG_HS512, kSecret, Claims(absl::Hours(1)))), "TOKEN_INVALID");
}

TEST(Token, IsRefusedForAnotherIssuerOrAudience) {
  const auto with = [](absl::string_view more) { return Forge(JWT_ALG_HS256, kSecret, Claims(absl::Hours(1), more)); };
  EXPECT_EQ(ReasonOf(with(R"("sub":"ada","iss":"mallory","aud":"edirae")")), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(with(R"("sub":"ada","iss":"edirae","aud":"shop")")), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(with(R"("sub":"ada","iss":"edirae")")), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(with(R"("sub":"ada","aud":"edirae")")), "TOKEN_INVALID");
}

TEST(Token, IsRefusedWithoutAWellFormedLearner) {
  const auto with = [](absl::string_view more) { return Forge(JWT_ALG_HS256, kSecret, Claims(absl::Hours(1), more)); };
  EXPECT_EQ(ReasonOf(with(R"("iss":"edirae","aud":"edirae")")), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(with(R"("sub":"","iss":"edirae","aud":"edirae")")), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(with(R"("sub":"a b","iss":"edirae","aud":"edirae")")), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(with(R"("sub":7,"iss":"edirae","aud":"edirae")")), "TOKEN_INVALID");
}

TEST(Token, IsRefusedWithoutAnExpiryOrWithOneTooFarAway) {
  const std::string parties = R"("sub":"ada","iss":"edirae","aud":"edirae")";
  EXPECT_EQ(ReasonOf(Forge(JWT_ALG_HS256, kSecret, absl::StrCat("{", parties, "}"))), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Forge(JWT_ALG_HS256, kSecret, absl::StrCat("{\"exp\":\"never\",", parties, "}"))),
            "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Forge(JWT_ALG_HS256, kSecret, Claims(limits::kMaxTokenLife))), "OK");
  EXPECT_EQ(ReasonOf(Forge(JWT_ALG_HS256, kSecret, Claims(limits::kMaxTokenLife + absl::Seconds(1)))), "TOKEN_INVALID");
}

TEST(Token, IsRefusedBeforeItHolds) {
  const auto from = [](const std::string& not_before) {
    const std::string more = absl::StrCat(R"("sub":"ada","iss":"edirae","aud":"edirae","nbf":)", not_before);
    return ReasonOf(Forge(JWT_ALG_HS256, kSecret, Claims(absl::Hours(1), more)));
  };
  EXPECT_EQ(from(absl::StrCat(absl::ToUnixSeconds(kNow))), "OK");
  EXPECT_EQ(from(absl::StrCat(absl::ToUnixSeconds(kNow + limits::kMaxClockSkew))), "OK");
  EXPECT_EQ(from(absl::StrCat(absl::ToUnixSeconds(kNow + limits::kMaxClockSkew) + 1)), "TOKEN_INVALID");
  EXPECT_EQ(from("\"tomorrow\""), "TOKEN_INVALID");
}

TEST(Token, IsRefusedWhenItIsGarbage) {
  for (const std::string& token : {std::string(), std::string("garbage"), std::string("a.b.c"), std::string("..."),
                                   std::string("ümlaut.b.c"), std::string("a\0b", 3), std::string(5000, 'a')}) {
    EXPECT_EQ(ReasonOf(token), "TOKEN_INVALID") << token;
  }
}

TEST(Token, IsRefusedWithAnyCharacterChanged) {
  const auto token = MintToken(kSecret, "ada", absl::Hours(1), kNow);
  ASSERT_OK(token);
  for (size_t i = 0; i + 1 < token->size(); ++i) {  // the last one may carry unused bits only
    std::string changed = *token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(ReasonOf(changed), "TOKEN_INVALID") << i;
  }
}

TEST(Token, IsNotMintedFromWrongParts) {
  EXPECT_THAT(MintToken("short", "ada", absl::Hours(1), kNow), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(MintToken(kSecret, "a b", absl::Hours(1), kNow), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(MintToken(kSecret, "ada", absl::ZeroDuration(), kNow), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(MintToken(kSecret, "ada", absl::Hours(32 * 24), kNow), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace edirae::gateway
