#include "services/progress/adapters/pseudonym.h"

#include <SQLiteCpp/Exception.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sqlite3.h>

#include <array>
#include <cstdlib>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/progress/adapters/sha256.h"

namespace edirae::progress {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr size_t kPseudonymBytes = 16;
using Sha256 = std::array<unsigned char, 32>;

const unsigned char* Bytes(absl::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

absl::string_view Text(const Sha256& digest, size_t size) {
  return {reinterpret_cast<const char*>(digest.data()), size};
}

absl::string_view Argument(sqlite3_value* value) {
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
  return {bytes, static_cast<size_t>(sqlite3_value_bytes(value))};
}

void PseudonymFunction(sqlite3_context* context, int, sqlite3_value** arguments) {
  const std::string pseudonym = PseudonymOf(Argument(arguments[0]), Argument(arguments[1]));
  sqlite3_result_text(context, pseudonym.data(), static_cast<int>(pseudonym.size()), SQLITE_TRANSIENT);
}

}  // namespace

std::string NewLearnerKey() {
  std::string key(kKeyBytes, '\0');
  // Without secrets there are no pseudonyms: better no process than one that gives away who is who.
  if (RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), static_cast<int>(key.size())) != 1) std::abort();
  return key;
}

std::string PseudonymOf(absl::string_view key, absl::string_view learner_id) {
  Sha256 digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), Bytes(learner_id), learner_id.size(), digest.data(),
       &size);
  return absl::BytesToHexString(Text(digest, kPseudonymBytes));
}

std::string ReceiptKey(absl::string_view learner_id, absl::string_view request_id) {
  return Sha256Of(learner_id, absl::StrCat("\n", request_id));  // no id has a line's end
}

void AddPseudonymFunction(SQLite::Database& db) {
  const int added = sqlite3_create_function(db.getHandle(), "pseudonym_of", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                            nullptr, &PseudonymFunction, nullptr, nullptr);
  if (added != SQLITE_OK) throw SQLite::Exception(db.getHandle(), added);
}

}  // namespace edirae::progress
