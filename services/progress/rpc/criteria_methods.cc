#include "services/progress/rpc/criteria_methods.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "common/progress_rpc/criteria_rpc.h"
#include "common/rpc/page.h"
#include "common/status/macros.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"
#include "services/progress/rpc/page_token.h"

namespace edirae::progress {
namespace {

absl::StatusOr<TrialQuery> QueryOf(const rpc::CallContext& context, const v1::TryCriteriaRequest& request) {
  EDIRAE_RETURN_IF_ERROR(rpc::CheckMayTryCriteria(context.principal));
  EDIRAE_RETURN_IF_ERROR(CheckSlug("roadmap_id", request.roadmap_id()));
  if (request.concepts_size() > limits::kMaxTriedConcepts) {
    return Invalid(reason::kOutOfRange, absl::StrCat("concepts must be at most ", limits::kMaxTriedConcepts),
                   "concepts");
  }
  if (request.gates_size() > limits::kMaxTriedGates) {
    return Invalid(reason::kOutOfRange, absl::StrCat("gates must be at most ", limits::kMaxTriedGates), "gates");
  }
  TrialQuery query{.request = request, .deadline = context.deadline};
  EDIRAE_ASSIGN_OR_RETURN(const size_t size, rpc::PageSize(request.page_size(), limits::kDefaultPageSize));
  query.max_learners = static_cast<int>(size);
  if (!request.page_token().empty()) {
    EDIRAE_ASSIGN_OR_RETURN(query.after_position, ParsePageToken(request.roadmap_id(), request.page_token()));
  }
  return query;
}

}  // namespace

void AddCriteriaMethods(CriteriaTrials& trials, rpc::MethodTable& methods) {
  methods.Add(kTryCriteria,
              rpc::Typed<v1::TryCriteriaRequest, v1::TryCriteriaResponse>(
                  [&trials](const auto& context, const auto& request, auto done) {
                    absl::StatusOr<TrialQuery> query = QueryOf(context, request);
                    if (!query.ok()) return std::move(done)(query.status());
                    trials.Try(*std::move(query), [done = std::move(done), roadmap_id = request.roadmap_id()](
                                                      absl::StatusOr<TrialPage> page) mutable {
                      if (!page.ok()) return std::move(done)(page.status());
                      if (page->next_position != 0) {
                        page->response.set_next_page_token(MakePageToken(roadmap_id, page->next_position));
                      }
                      std::move(done)(std::move(page->response));
                    });
                  }));
}

}  // namespace edirae::progress
