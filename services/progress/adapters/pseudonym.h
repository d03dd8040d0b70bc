#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_PSEUDONYM_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_PSEUDONYM_H_

#include <SQLiteCpp/Database.h>

#include <string>

#include "absl/strings/string_view.h"

// Who learners are to everybody but the ledger. All functions are thread-safe.
namespace edirae::progress {

// 256 bits from the operating system's generator for secrets.
std::string NewLearnerKey();

// The pseudonym of a learner: the first 128 bits of HMAC-SHA-256 (RFC 2104) of the id under the learner's own key, as
// 32 hexadecimal digits. Without the key nobody can tell whose it is, not even by trying every id.
std::string PseudonymOf(absl::string_view key, absl::string_view learner_id);

// The name of an erasure's receipt: SHA-256 of learner id and request id, 32 bytes. Says nothing about the learner to
// whoever does not know both.
std::string ReceiptKey(absl::string_view learner_id, absl::string_view request_id);

// Gives SQL the function `pseudonym_of(key, learner_id)`; throws SQLite::Exception.
void AddPseudonymFunction(SQLite::Database& db);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_PSEUDONYM_H_
