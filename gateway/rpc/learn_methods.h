#ifndef EDIRAE_GATEWAY_RPC_LEARN_METHODS_H_
#define EDIRAE_GATEWAY_RPC_LEARN_METHODS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/method_table.h"
#include "gateway/aggregate/home_reader.h"
#include "gateway/catalog/newest_catalog.h"
#include "gateway/clients/progress_client.h"
#include "gateway/clients/recommend_client.h"
#include "gateway/rpc/admission.h"

namespace edirae::gateway {

// What the unary methods of `LearnService` work with; must outlive the table and its calls.
struct LearnBackends {
  const NewestCatalog& catalog;
  HomeReader& homes;
  ProgressClient& progress;
  RecommendClient& recommend;
  // Of calls that wait: for another service, or for a search. Those that are answered at once need no bound.
  Admission& calls;
};

// Adds all unary methods of `LearnService`.
void AddLearnMethods(const LearnBackends& backends, rpc::MethodTable& table);

// The learner that a request is about: the caller when `learner_id` is empty. PERMISSION_DENIED with reason
// OTHER_SUBJECT for anyone else. The view is into one of the arguments.
absl::StatusOr<absl::string_view> SubjectOf(const rpc::CallContext& context, absl::string_view learner_id);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_LEARN_METHODS_H_
