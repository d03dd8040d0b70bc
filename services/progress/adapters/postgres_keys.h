#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_POSTGRES_KEYS_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_POSTGRES_KEYS_H_

#include <span>
#include <string>
#include <utility>

#include "common/postgres/connection.h"
#include "services/progress/adapters/postgres_statements.h"
#include "services/progress/adapters/pseudonym.h"

// How PostgresEventStore gives learners the keys of their pseudonyms.
namespace edirae::progress {

// Adds what kGiveKeys takes: learners, a new key for each, and the pseudonyms that follow.
inline void AddFreshKeys(std::span<const std::string> learner_ids, postgres::Params& params) {
  const size_t count = learner_ids.size();
  postgres::Array learners(postgres::Type::kText, count), keys(postgres::Type::kBytea, count);
  postgres::Array pseudonyms(postgres::Type::kText, count);
  for (const std::string& learner_id : learner_ids) {
    const std::string key = NewLearnerKey();
    learners.Add(learner_id);
    keys.Add(key);
    pseudonyms.Add(PseudonymOf(key, learner_id));
  }
  params.Add(std::move(learners)).Add(std::move(keys)).Add(std::move(pseudonyms));
}

// Gives keys to those who have none. They must not be tombstones.
inline absl::Status GiveKeys(postgres::Connection& connection, std::span<const std::string> learner_ids) {
  postgres::Params params;
  AddFreshKeys(learner_ids, params);
  return connection.Execute(statements::kGiveKeys, params).status();
}

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_POSTGRES_KEYS_H_
