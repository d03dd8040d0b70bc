#ifndef EDIRAE_SERVICES_CATALOG_RPC_AUTHORING_WIRE_H_
#define EDIRAE_SERVICES_CATALOG_RPC_AUTHORING_WIRE_H_

#include <algorithm>
#include <string>

#include "absl/status/status.h"
#include "edirae/catalog/v1/authoring_service.pb.h"
#include "services/catalog/domain/revision_store.h"
#include "services/catalog/limits.h"
#include "services/catalog/rpc/publisher.h"

// Publishing as the contract shows it.
namespace edirae::catalog {

v1::Revision ToProto(const RevisionRecord& record);

// Fills the fields that `PublishRevisionResponse` and `RollbackRevisionResponse` share.
template <class Response>
Response ToResponse(const PublishOutcome& outcome) {
  Response response;
  if (outcome.revision) *response.mutable_revision() = ToProto(*outcome.revision);
  response.set_published(outcome.published);
  const size_t shown = std::min(outcome.findings.size(), limits::kMaxFindings);
  for (size_t i = 0; i < shown; ++i) {
    v1::ContentFinding& finding = *response.add_findings();
    finding.set_field(outcome.findings[i].at.file);
    finding.set_problem(outcome.findings[i].problem);
    finding.set_remedy(outcome.findings[i].remedy);
  }
  response.set_finding_count(static_cast<int>(outcome.findings.size()));
  return response;
}

// What the author wants, checked. INVALID_ARGUMENT for a missing or malformed request id, or a note that is too long.
// `Request` is `PublicationHead` or `RollbackRevisionRequest`.
absl::Status CheckPublication(const std::string& request_id, const std::string& note);
template <class Request>
absl::StatusOr<PublishOrder> OrderOf(const Request& request, const std::string& author) {
  if (absl::Status status = CheckPublication(request.request_id(), request.note()); !status.ok()) return status;
  return PublishOrder{.author = author,
                      .note = request.note(),
                      .request_id = request.request_id(),
                      .expected_head = request.expected_head(),
                      .validate_only = request.validate_only()};
}

// A failure of the publisher as callers see it; the details of the store's go to the log.
absl::Status PublicError(const absl::Status& status);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_AUTHORING_WIRE_H_
