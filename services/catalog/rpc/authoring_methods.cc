#include "services/catalog/rpc/authoring_methods.h"

#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "common/catalog_feed/split_content.h"
#include "common/rpc/call.h"
#include "common/rpc/page.h"
#include "common/status/macros.h"
#include "services/catalog/errors.h"
#include "services/catalog/limits.h"
#include "services/catalog/rpc/authoring_wire.h"

namespace edirae::catalog {
namespace {

constexpr char kPiece[] = "piece-";  // and the number of the piece, from 0

constexpr char kBefore[] = "before-";  // what a page token begins with; the revision's number follows

template <class Request>
absl::StatusOr<Request> Admit(const rpc::CallContext& context, absl::string_view bytes) {
  EDIRAE_RETURN_IF_ERROR(rpc::CheckMayAuthor(context.principal));
  Request request;
  if (bytes.size() > limits::kMaxRequestBytes ||
      !request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return rpc::MalformedRequest();
  }
  return request;
}

// A handler that answers with `work(request, author)` from the thread.
template <class Request, class Work>
rpc::Handler OnThread(process::TaskThread& thread, Work work) {
  return [&thread, work](const rpc::CallContext& context, absl::string_view bytes, rpc::Done done) {
    absl::StatusOr<Request> request = Admit<Request>(context, bytes);
    if (!request.ok()) return std::move(done)(request.status());
    process::RunOn(thread, std::move(done),
                   [work, request = *std::move(request), author = context.principal.subject(),
                    deadline = context.deadline](rpc::Done answer) {
                     if (absl::Now() > deadline) {
                       return std::move(answer)(absl::DeadlineExceededError("the deadline passed before it was tried"));
                     }
                     const auto response = work(request, author);
                     if (!response.ok()) return std::move(answer)(PublicError(response.status()));
                     std::move(answer)(std::make_shared<const std::string>(response->SerializeAsString()));
                   });
  };
}

absl::StatusOr<v1::RollbackRevisionResponse> Rollback(Publisher& publisher, const v1::RollbackRevisionRequest& request,
                                                      const std::string& author) {
  EDIRAE_ASSIGN_OR_RETURN(const PublishOrder order, OrderOf(request, author));
  EDIRAE_ASSIGN_OR_RETURN(const PublishOutcome outcome,
                          publisher.Rollback(request.revision(), request.migrations(), order));
  return ToResponse<v1::RollbackRevisionResponse>(outcome);
}

// The revision before which a page starts. Revisions never go, so a number is all that a token needs.
absl::StatusOr<int64_t> StartOf(absl::string_view page_token) {
  if (page_token.empty()) return std::numeric_limits<int64_t>::max();
  int64_t number = 0;
  if (!absl::ConsumePrefix(&page_token, kBefore) || !absl::SimpleAtoi(page_token, &number) || number < 1) {
    return rpc::BadPageToken();
  }
  return number;
}

absl::StatusOr<v1::ListRevisionsResponse> List(RevisionStore& store, const v1::ListRevisionsRequest& request) {
  EDIRAE_ASSIGN_OR_RETURN(const size_t wanted, rpc::PageSize(request.page_size()));
  EDIRAE_ASSIGN_OR_RETURN(const int64_t before, StartOf(request.page_token()));
  EDIRAE_ASSIGN_OR_RETURN(const std::vector<RevisionRecord> records, store.List(before, static_cast<int>(wanted)));
  v1::ListRevisionsResponse response;
  size_t bytes = 0;
  for (const RevisionRecord& record : records) {
    *response.add_revisions() = ToProto(record);
    bytes += response.revisions().rbegin()->ByteSizeLong();
    if (bytes >= rpc::limits::kMaxPageBytes) break;
  }
  const int64_t last = records.empty() ? 1 : response.revisions().rbegin()->revision();
  if (last > 1) response.set_next_page_token(absl::StrCat(kBefore, last));
  return response;
}

absl::StatusOr<v1::GetRevisionResponse> Get(RevisionStore& store, const v1::GetRevisionRequest& request) {
  v1::GetRevisionResponse response;
  if (request.revision() == 0) {
    EDIRAE_ASSIGN_OR_RETURN(const auto head, store.Head());
    if (!head) return errors::RevisionNotFound(0);
    *response.mutable_revision() = ToProto(*head);
    return response;
  }
  const absl::StatusOr<RevisionRecord> record = store.Find(request.revision());
  if (record.status().code() == absl::StatusCode::kNotFound) return errors::RevisionNotFound(request.revision());
  if (!record.ok()) return record.status();
  *response.mutable_revision() = ToProto(*record);
  return response;
}

// The piece where a page starts. Content never changes, so a number is all that a token needs.
absl::StatusOr<int64_t> PieceOf(absl::string_view page_token) {
  if (page_token.empty()) return 0;
  int64_t number = 0;
  if (!absl::ConsumePrefix(&page_token, kPiece) || !absl::SimpleAtoi(page_token, &number) || number < 1) {
    return rpc::BadPageToken();
  }
  return number;
}

absl::StatusOr<v1::GetRevisionContentResponse> GetContent(Publisher& publisher,
                                                          const v1::GetRevisionContentRequest& request) {
  EDIRAE_ASSIGN_OR_RETURN(const int64_t wanted, PieceOf(request.page_token()));
  EDIRAE_ASSIGN_OR_RETURN(const v1::RevisionContent content, publisher.ReadContent(request.revision()));
  v1::GetRevisionContentResponse response;
  int64_t piece_number = 0;
  catalog_feed::SplitContent(content, limits::kMaxPartBytes, [&](v1::RevisionContent& piece) {
    if (piece_number == wanted) response.mutable_content()->Swap(&piece);
    ++piece_number;
  });
  if (wanted > 0 && wanted >= piece_number) return rpc::BadPageToken();
  if (wanted + 1 < piece_number) response.set_next_page_token(absl::StrCat(kPiece, wanted + 1));
  return response;
}

}  // namespace

void AddAuthoringMethods(Publisher& publisher, RevisionStore& store, process::TaskThread& thread,
                         rpc::MethodTable& methods) {
  methods.Add(kRollbackRevision, OnThread<v1::RollbackRevisionRequest>(
                                     thread, [&publisher](const auto& request, const std::string& author) {
                                       return Rollback(publisher, request, author);
                                     }));
  methods.Add(kListRevisions,
              OnThread<v1::ListRevisionsRequest>(
                  thread, [&store](const auto& request, const std::string&) { return List(store, request); }));
  methods.Add(kGetRevision, OnThread<v1::GetRevisionRequest>(thread, [&store](const auto& request, const std::string&) {
                return Get(store, request);
              }));
  methods.Add(kGetRevisionContent,
              OnThread<v1::GetRevisionContentRequest>(thread, [&publisher](const auto& request, const std::string&) {
                return GetContent(publisher, request);
              }));
}

process::TaskThread::Refusals AuthoringRefusals() {
  return {.full = errors::TooManyPublications(), .stopping = errors::Stopping()};
}

}  // namespace edirae::catalog
