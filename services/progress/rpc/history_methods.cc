#include "services/progress/rpc/history_methods.h"

#include <memory>
#include <utility>

#include "common/ids/ids.h"
#include "common/progress_rpc/history_rpc.h"
#include "common/rpc/page.h"
#include "common/status/macros.h"
#include "edirae/progress/v1/history_service.pb.h"
#include "edirae/progress/v1/progress_service.pb.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"
#include "services/progress/rpc/page_token.h"
#include "services/progress/rpc/whom.h"
#include "services/progress/rpc/wire.h"

namespace edirae::progress {
namespace {

void GetPseudonym(History& history, const rpc::CallContext& context, const v1::GetPseudonymRequest& request,
                  rpc::TypedDone<v1::GetPseudonymResponse> done) {
  absl::Status ok = rpc::CheckIsService(context.principal);
  if (ok.ok()) ok = CheckOpaqueId("learner_id", request.learner_id());
  if (!ok.ok()) return std::move(done)(ok);
  history.FindPseudonym(request.learner_id(), [done = std::move(done)](absl::StatusOr<std::string> pseudonym) mutable {
    if (!pseudonym.ok()) return std::move(done)(pseudonym.status());
    v1::GetPseudonymResponse response;
    response.set_pseudonym(*std::move(pseudonym));
    std::move(done)(std::move(response));
  });
}

// Whose history is listed: a learner's id, or a pseudonym.
struct ListedHistory {
  std::string id;
  bool is_pseudonym = false;
  int64_t after_seq = 0;
  int page_size = 0;
};

absl::StatusOr<ListedHistory> CheckList(const rpc::CallContext& context, const v1::ListLearnerEventsRequest& request) {
  ListedHistory listed{.id = request.learner_id(), .is_pseudonym = !request.pseudonym().empty()};
  if (listed.is_pseudonym) {
    EDIRAE_RETURN_IF_ERROR(rpc::CheckIsService(context.principal));
    EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("pseudonym", request.pseudonym()));
    listed.id = request.pseudonym();
  } else {
    EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("learner_id", request.learner_id()));
    EDIRAE_RETURN_IF_ERROR(rpc::CheckMayActFor(context.principal, request.learner_id()));
  }
  if (request.after_seq() < 0) {
    return Invalid(reason::kOutOfRange, "after_seq must not be negative", "after_seq");
  }
  listed.after_seq = request.after_seq();
  if (!request.page_token().empty()) {
    EDIRAE_ASSIGN_OR_RETURN(listed.after_seq, ParsePageToken(listed.id, request.page_token()));
  }
  EDIRAE_ASSIGN_OR_RETURN(const size_t size, rpc::PageSize(request.page_size(), limits::kDefaultPageSize));
  listed.page_size = static_cast<int>(size);
  return listed;
}

void ListLearnerEvents(Ledger& ledger, History& history, const rpc::CallContext& context, absl::string_view bytes,
                       rpc::Done done) {
  v1::ListLearnerEventsRequest request;
  if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return std::move(done)(rpc::MalformedRequest());
  }
  absl::StatusOr<ListedHistory> listed = CheckList(context, request);
  if (!listed.ok()) return std::move(done)(listed.status());
  HistoryDone read = [done = std::move(done), id = listed->id](const absl::StatusOr<HistoryPage>& page) mutable {
    if (!page.ok()) return std::move(done)(page.status());
    std::string next;
    if (page->last_returned_seq < page->as_of_seq) next = MakePageToken(id, page->last_returned_seq);
    std::move(done)(std::make_shared<const std::string>(ListLearnerEventsBytes(*page, next)));
  };
  if (listed->is_pseudonym) {
    history.ReadOnBus(std::move(listed->id), listed->after_seq, listed->page_size, std::move(read));
  } else {
    ledger.ReadHistory(std::move(listed->id), listed->after_seq, listed->page_size, std::move(read));
  }
}

void ExportLearner(History& history, const rpc::CallContext& context, const v1::ExportLearnerRequest& request,
                   rpc::TypedDone<v1::ExportLearnerResponse> done) {
  const auto order = [&]() -> absl::StatusOr<ExportOrder> {
    ExportOrder checked;
    EDIRAE_ASSIGN_OR_RETURN(checked.learner_id, WhomOf(context, request.learner_id()));
    EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("request_id", request.request_id()));
    checked.request_id = request.request_id();
    checked.by_administrator = context.principal.subject() != checked.learner_id;
    if (request.page_token().empty()) return checked;
    EDIRAE_ASSIGN_OR_RETURN(checked.place, ParseExportToken(request.page_token()));
    return checked;
  }();
  if (!order.ok()) return std::move(done)(order.status());
  history.Export(*order, [done = std::move(done)](absl::StatusOr<ExportPart> part) mutable {
    if (!part.ok()) return std::move(done)(part.status());
    v1::ExportLearnerResponse response;
    response.set_part(std::move(part->bytes));
    if (part->next.has_value()) response.set_next_page_token(MakeExportToken(*part->next));
    std::move(done)(std::move(response));
  });
}

absl::StatusOr<EraseOrder> OrderOf(const rpc::CallContext& context, const v1::EraseLearnerRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("request_id", request.request_id()));
  EraseOrder order{.learner_id = "",
                   .pseudonym = request.pseudonym(),
                   .request_id = request.request_id(),
                   .receipt_only = request.receipt_only()};
  if (order.pseudonym.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(order.learner_id, WhomOf(context, request.learner_id()));
    return order;
  }
  EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("pseudonym", order.pseudonym));
  // A pseudonym is nobody's own: a learner whose id looks like one is somebody else.
  EDIRAE_RETURN_IF_ERROR(rpc::CheckMayActForAnyone(context.principal));
  if (request.learner_id().empty()) return order;
  return Invalid(reason::kOutOfRange, "either learner_id or pseudonym says whom to erase", "pseudonym");
}

v1::ErasureReceipt ReceiptOf(const Erasure& erasure) {
  v1::ErasureReceipt receipt;
  receipt.set_pseudonym(erasure.pseudonym);
  receipt.set_event_count(erasure.event_count);
  receipt.set_mentor_act_count(erasure.mentor_act_count);
  *receipt.mutable_erase_time() = ToProto(erasure.erase_time);
  if (erasure.complete_time.has_value()) *receipt.mutable_complete_time() = ToProto(*erasure.complete_time);
  receipt.set_stream_message_count(erasure.stream_message_count);
  if (erasure.proof.has_value()) {
    receipt.mutable_proof()->set_event_count(erasure.proof->event_count);
    *receipt.mutable_proof()->mutable_verify_time() = ToProto(erasure.proof->verify_time);
  }
  return receipt;
}

void EraseLearner(History& history, const rpc::CallContext& context, const v1::EraseLearnerRequest& request,
                  rpc::TypedDone<v1::EraseLearnerResponse> done) {
  absl::StatusOr<EraseOrder> order = OrderOf(context, request);
  if (!order.ok()) return std::move(done)(order.status());
  history.Erase(*std::move(order), [done = std::move(done)](const absl::StatusOr<Erasure>& erasure) mutable {
    if (!erasure.ok()) return std::move(done)(erasure.status());
    v1::EraseLearnerResponse response;
    *response.mutable_receipt() = ReceiptOf(*erasure);
    std::move(done)(std::move(response));
  });
}

}  // namespace

void AddHistoryMethods(Ledger& ledger, History& history, rpc::MethodTable& methods) {
  methods.Add(kListLearnerEvents, [&](const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
    ListLearnerEvents(ledger, history, context, bytes, std::move(done));
  });
  methods.Add(kGetPseudonym, rpc::Typed<v1::GetPseudonymRequest, v1::GetPseudonymResponse>(
                                 [&](const auto& context, const auto& request, auto done) {
                                   GetPseudonym(history, context, request, std::move(done));
                                 }));
  methods.Add(kExportLearner, rpc::Typed<v1::ExportLearnerRequest, v1::ExportLearnerResponse>(
                                  [&](const auto& context, const auto& request, auto done) {
                                    ExportLearner(history, context, request, std::move(done));
                                  }));
  methods.Add(kEraseLearner, rpc::Typed<v1::EraseLearnerRequest, v1::EraseLearnerResponse>(
                                 [&](const auto& context, const auto& request, auto done) {
                                   EraseLearner(history, context, request, std::move(done));
                                 }));
}

}  // namespace edirae::progress
