#include "services/progress/rpc/time_travel_methods.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "common/progress_rpc/time_travel_rpc.h"
#include "common/rpc/page.h"
#include "common/status/macros.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"
#include "services/progress/rpc/page_token.h"
#include "services/progress/rpc/whom.h"
#include "services/progress/rpc/wire.h"

namespace edirae::progress {
namespace {

absl::StatusOr<absl::Time> TimeOf(const char* field, const google::protobuf::Timestamp& proto) {
  if (IsValid(proto)) return FromProto(proto);
  return Invalid(reason::kOutOfRange, absl::StrCat(field, " is no time of the years 1 to 9999"), field);
}

absl::StatusOr<StateQuery> QueryOf(const rpc::CallContext& context, const v1::GetStateRequest& request) {
  StateQuery query{.learner_id = "", .roadmap_id = request.roadmap_id(), .moment = {}};
  EDIRAE_ASSIGN_OR_RETURN(query.learner_id, WhomOf(context, request.learner_id()));
  EDIRAE_RETURN_IF_ERROR(CheckSlug("roadmap_id", request.roadmap_id()));
  // The highest of all means no event.
  if (request.has_as_of_seq()) query.moment.seq = std::min(request.as_of_seq(), Moment().seq - 1);
  if (request.has_as_of_time()) {
    EDIRAE_ASSIGN_OR_RETURN(query.moment.time, TimeOf("as_of_time", request.as_of_time()));
  }
  if (query.moment.seq >= 0) return query;
  return Invalid(reason::kOutOfRange, "as_of_seq must not be negative", "as_of_seq");
}

absl::StatusOr<EventQuery> QueryOf(const rpc::CallContext& context, const v1::ListEventsRequest& request) {
  EventQuery query;
  EDIRAE_ASSIGN_OR_RETURN(query.learner_id, WhomOf(context, request.learner_id()));
  EDIRAE_ASSIGN_OR_RETURN(const size_t size, rpc::PageSize(request.page_size(), limits::kDefaultPageSize));
  query.max_events = static_cast<int>(size);
  if (!request.page_token().empty()) {
    EDIRAE_ASSIGN_OR_RETURN(query.after_seq, ParsePageToken(query.learner_id, request.page_token()));
  }
  if (request.event_types_size() > limits::kMaxEventTypes) {
    return Invalid(reason::kOutOfRange, absl::StrCat("event_types must be at most ", limits::kMaxEventTypes),
                   "event_types");
  }
  for (const std::string& type : request.event_types()) {
    EDIRAE_ASSIGN_OR_RETURN(const int body, BodyOf(type));
    query.filter.bodies.insert(body);
  }
  if (request.has_start_time()) {
    EDIRAE_ASSIGN_OR_RETURN(query.filter.start, TimeOf("start_time", request.start_time()));
  }
  if (request.has_end_time()) {
    EDIRAE_ASSIGN_OR_RETURN(query.filter.end, TimeOf("end_time", request.end_time()));
  }
  return query;
}

void ListEvents(TimeTravel& past, const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
  v1::ListEventsRequest request;
  if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return std::move(done)(rpc::MalformedRequest());
  }
  absl::StatusOr<EventQuery> query = QueryOf(context, request);
  if (!query.ok()) return std::move(done)(query.status());
  HistoryDone read = [done = std::move(done), id = query->learner_id](const absl::StatusOr<HistoryPage>& page) mutable {
    if (!page.ok()) return std::move(done)(page.status());
    std::string next;
    if (page->last_returned_seq < page->as_of_seq) next = MakePageToken(id, page->last_returned_seq);
    // The two lists have the same fields under the same numbers.
    std::move(done)(std::make_shared<const std::string>(ListLearnerEventsBytes(*page, next)));
  };
  past.ListEvents(*std::move(query), std::move(read));
}

}  // namespace

void AddTimeTravelMethods(TimeTravel& past, rpc::MethodTable& methods) {
  using Listed = v1::ListLearnerEventsResponse;
  using Filtered = v1::ListEventsResponse;
  static_assert(int{Filtered::kEventsFieldNumber} == int{Listed::kEventsFieldNumber});
  static_assert(int{Filtered::kNextPageTokenFieldNumber} == int{Listed::kNextPageTokenFieldNumber});
  static_assert(int{Filtered::kAsOfSeqFieldNumber} == int{Listed::kAsOfSeqFieldNumber});
  methods.Add(kGetState, rpc::Typed<v1::GetStateRequest, v1::GetStateResponse>(
                             [&past](const auto& context, const auto& request, auto done) {
                               absl::StatusOr<StateQuery> query = QueryOf(context, request);
                               if (!query.ok()) return std::move(done)(query.status());
                               past.ReadState(*std::move(query), std::move(done));
                             }));
  methods.Add(kListEvents, [&past](const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
    ListEvents(past, context, bytes, std::move(done));
  });
}

}  // namespace edirae::progress
