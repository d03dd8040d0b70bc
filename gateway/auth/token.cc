#include "gateway/auth/token.h"

#include <jwt.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <iterator>
#include <memory>

#include "absl/strings/ascii.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "gateway/limits.h"

namespace edirae::gateway {
namespace {

constexpr char kParty[] = "edirae";  // issuer and audience

// Values of the claim `role`; a learner's token has none.
struct NamedRole {
  identity::v1::Role role;
  const char* name;
};
constexpr NamedRole kRoles[] = {
    {identity::v1::ROLE_AUTHOR, "author"}, {identity::v1::ROLE_MENTOR, "mentor"}, {identity::v1::ROLE_ADMIN, "admin"}};

struct FreeJwt {
  void operator()(jwt_t* jwt) const { jwt_free(jwt); }
};
using Jwt = std::unique_ptr<jwt_t, FreeJwt>;

struct FreeText {
  void operator()(char* text) const { std::free(text); }
};

const unsigned char* KeyOf(absl::string_view secret) { return reinterpret_cast<const unsigned char*>(secret.data()); }

// libjwt reads C strings: nothing may hide behind a zero byte.
bool IsTokenText(absl::string_view token) {
  return std::all_of(token.begin(), token.end(),
                     [](char c) { return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.'; });
}

bool ClaimIs(const Jwt& jwt, const char* claim, absl::string_view expected) {
  const char* value = jwt_get_grant(jwt.get(), claim);
  return value != nullptr && value == expected;
}

// Null for a role that no token carries.
const NamedRole* FindRole(identity::v1::Role role) {
  const auto* found = std::ranges::find(kRoles, role, &NamedRole::role);
  return found != std::end(kRoles) ? found : nullptr;
}

// A role that this program does not know gives nothing: it may belong to another platform.
identity::v1::Role RoleIn(const Jwt& jwt) {
  for (const NamedRole& known : kRoles) {
    if (ClaimIs(jwt, "role", known.name)) return known.role;
  }
  return identity::v1::ROLE_LEARNER;
}

absl::Status CheckSecret(absl::string_view secret) {
  if (secret.size() >= limits::kMinSecretBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("the token secret needs at least ", limits::kMinSecretBytes, " bytes"));
}

}  // namespace

absl::StatusOr<std::string> MintToken(absl::string_view secret, absl::string_view learner_id, absl::Duration life,
                                      absl::Time now, identity::v1::Role role) {
  const NamedRole* named = FindRole(role);
  if (named == nullptr && role != identity::v1::ROLE_LEARNER) {
    return absl::InvalidArgumentError("a token is a learner's, an author's, a mentor's or an administrator's");
  }
  EDIRAE_RETURN_IF_ERROR(CheckSecret(secret));
  EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("learner_id", learner_id));
  if (life < absl::Seconds(1) || life > limits::kMaxTokenLife) {
    return absl::InvalidArgumentError(
        absl::StrCat("a token lives 1s to ", absl::FormatDuration(limits::kMaxTokenLife)));
  }
  jwt_t* raw = nullptr;
  if (jwt_new(&raw) != 0) return absl::InternalError("libjwt cannot make a token");
  const Jwt jwt(raw);
  const std::string subject(learner_id);
  const bool filled = jwt_add_grant(raw, "sub", subject.c_str()) == 0 && jwt_add_grant(raw, "iss", kParty) == 0 &&
                      jwt_add_grant(raw, "aud", kParty) == 0 &&
                      (named == nullptr || jwt_add_grant(raw, "role", named->name) == 0) &&
                      jwt_add_grant_int(raw, "exp", absl::ToUnixSeconds(now + life)) == 0 &&
                      jwt_set_alg(raw, JWT_ALG_HS256, KeyOf(secret), static_cast<int>(secret.size())) == 0;
  const std::unique_ptr<char, FreeText> text(filled ? jwt_encode_str(raw) : nullptr);
  if (text == nullptr) return absl::InternalError("libjwt cannot sign a token");
  return std::string(text.get());
}

absl::StatusOr<Identity> VerifyToken(absl::string_view secret, absl::string_view token, absl::Time now) {
  EDIRAE_RETURN_IF_ERROR(CheckSecret(secret));
  if (token.size() > limits::kMaxTokenBytes) return TokenInvalid("is too long");
  if (!IsTokenText(token)) return TokenInvalid("is no JWT");
  jwt_t* raw = nullptr;
  const int refused = jwt_decode(&raw, std::string(token).c_str(), KeyOf(secret), static_cast<int>(secret.size()));
  const Jwt jwt(raw);
  if (refused != 0 || raw == nullptr) return TokenInvalid("is no JWT that was signed with the right key");
  if (jwt_get_alg(raw) != JWT_ALG_HS256) return TokenInvalid("is not signed with HS256");
  if (!ClaimIs(jwt, "iss", kParty)) return TokenInvalid("has another issuer (claim `iss`)");
  if (!ClaimIs(jwt, "aud", kParty)) return TokenInvalid("is for another audience (claim `aud`)");

  const int64_t expiry = jwt_get_grant_int(raw, "exp");  // 0 when it is absent or no integer
  if (expiry <= 0) return TokenInvalid("does not say when it expires (claim `exp`)");
  const absl::Time expire_time = absl::FromUnixSeconds(expiry);
  if (expire_time <= now) return TokenExpired();
  if (expire_time > now + limits::kMaxTokenLife) return TokenInvalid("lives for too long (claim `exp`)");

  const std::unique_ptr<char, FreeText> not_before(jwt_get_grants_json(raw, "nbf"));
  if (not_before != nullptr) {
    int64_t seconds = 0;
    if (!absl::SimpleAtoi(not_before.get(), &seconds)) {
      return TokenInvalid("does not say in whole seconds from when it holds (claim `nbf`)");
    }
    if (absl::FromUnixSeconds(seconds) > now + limits::kMaxClockSkew) {
      return TokenInvalid("does not hold yet (claim `nbf`)");
    }
  }

  const char* subject = jwt_get_grant(raw, "sub");
  if (subject == nullptr || !IsOpaqueId(subject)) return TokenInvalid("names no learner (claim `sub`)");
  return Identity{.learner_id = subject, .role = RoleIn(jwt), .expire_time = expire_time};
}

}  // namespace edirae::gateway
