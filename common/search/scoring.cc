#include "common/search/scoring.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "common/search/fts.h"
#include "common/search/limits.h"
#include "common/status/macros.h"

namespace edirae::search {
namespace {

constexpr char kPlanPointer[] = "edirae-search-plan";
constexpr std::array kColumnWeights = {10.0, 4.0, 1.0};  // title, summary, text
constexpr double kSaturation = 1.2;                      // k1
constexpr double kLengthPull = 0.75;                     // b
constexpr double kMinRarity = 1e-6;

// Adds up, for each word of the query, how often and where the current document has it.
int CountWords(const Fts5ExtensionApi* api, Fts5Context* context, const Plan& plan,
               double (&counts)[limits::kMaxWords]) {
  int instances = 0;
  int code = api->xInstCount(context, &instances);
  for (int i = 0; code == SQLITE_OK && i < instances; ++i) {
    int phrase = 0, column = 0, offset = 0;
    code = api->xInst(context, i, &phrase, &column, &offset);
    if (code != SQLITE_OK) break;
    const Plan::Phrase& stands_for = plan.phrases[static_cast<size_t>(phrase)];
    counts[stands_for.word] += stands_for.factor * kColumnWeights[static_cast<size_t>(column)];
  }
  return code;
}

void Relevance(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result, int /*count*/,
               sqlite3_value** values) {
  const auto* plan = static_cast<const Plan*>(sqlite3_value_pointer(values[0], kPlanPointer));
  if (plan == nullptr) return sqlite3_result_error(result, "relevance() without a plan", -1);
  double counts[limits::kMaxWords] = {};
  int size = 0;
  int code = CountWords(api, context, *plan, counts);
  if (code == SQLITE_OK) code = api->xColumnSize(context, -1, &size);
  if (code != SQLITE_OK) return sqlite3_result_error_code(result, code);
  const double damping = kSaturation * (1 - kLengthPull + kLengthPull * size / plan->mean_size);
  double score = 0;
  for (size_t word = 0; word < plan->rarity.size(); ++word) {
    score += plan->rarity[word] * counts[word] * (kSaturation + 1) / (counts[word] + damping);
  }
  sqlite3_result_double(result, score);
}

}  // namespace

double RarityOf(uint32_t documents_with_it, size_t documents) {
  const double having = std::min<double>(documents_with_it, static_cast<double>(documents));
  return std::max(kMinRarity, std::log((static_cast<double>(documents) - having + 0.5) / (having + 0.5) + 1));
}

absl::Status AddRelevance(sqlite3* db) {
  EDIRAE_ASSIGN_OR_RETURN(fts5_api* const api, FtsOf(db));
  return CheckSqlite(db, api->xCreateFunction(api, "relevance", nullptr, Relevance, nullptr));
}

void BindPlan(sqlite3_stmt* statement, int place, const Plan& plan) {
  sqlite3_bind_pointer(statement, place, const_cast<Plan*>(&plan), kPlanPointer, nullptr);
}

}  // namespace edirae::search
