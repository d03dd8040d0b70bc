#include "cli/catalog/published.h"

#include <algorithm>

#include "common/catalog_feed/append_content.h"
#include "common/catalog_feed/split_content.h"
#include "common/rpc/limits.h"
#include "common/status/macros.h"

namespace edirae::cli {
namespace {

using Stub = Session::Authoring::Stub;

constexpr size_t kPartBytes = 1024 * 1024;  // of one message of a publication; the contract allows 4 MiB

}  // namespace

absl::StatusOr<catalog::v1::RevisionContent> FetchContent(const Session& session, int64_t revision) {
  catalog::v1::GetRevisionContentRequest request;
  request.set_revision(revision);
  if (revision == 0) {
    EDIRAE_ASSIGN_OR_RETURN(const int64_t newest, NewestRevision(session));
    request.set_revision(newest);
  }
  catalog::v1::RevisionContent content;
  do {
    EDIRAE_ASSIGN_OR_RETURN(auto page, session.Call(&Stub::GetRevisionContent, request));
    catalog_feed::AppendContent(*page.mutable_content(), content);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return content;
}

absl::StatusOr<int64_t> NewestRevision(const Session& session) {
  EDIRAE_ASSIGN_OR_RETURN(const auto revisions, ListRevisions(session, 1));
  return revisions.empty() ? 0 : revisions[0].revision();
}

absl::StatusOr<std::vector<catalog::v1::Revision>> ListRevisions(const Session& session, int count) {
  std::vector<catalog::v1::Revision> revisions;
  catalog::v1::ListRevisionsRequest request;
  do {
    request.set_page_size(std::min(count - static_cast<int>(revisions.size()), rpc::limits::kMaxPageSize));
    EDIRAE_ASSIGN_OR_RETURN(const auto page, session.Call(&Stub::ListRevisions, request));
    revisions.insert(revisions.end(), page.revisions().begin(), page.revisions().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && static_cast<int>(revisions.size()) < count);
  return revisions;
}

absl::StatusOr<catalog::v1::PublishRevisionResponse> Publish(const Session& session,
                                                             const catalog::v1::PublicationHead& head,
                                                             const catalog::v1::RevisionContent& content) {
  grpc::ClientContext context;
  session.Prepare(context, rpc::limits::kMaxDeadline);
  catalog::v1::PublishRevisionResponse response;
  const auto writer = session.authoring().PublishRevision(&context, &response);
  catalog::v1::PublishRevisionRequest part;
  *part.mutable_head() = head;
  bool going = writer->Write(part);
  catalog_feed::SplitContent(content, kPartBytes, [&](catalog::v1::RevisionContent& piece) {
    part.mutable_content()->Swap(&piece);
    going = going && writer->Write(part);
  });
  part.mutable_end();
  if (going) writer->Write(part);
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  if (!status.ok()) return session.Explain(status);
  return response;
}

}  // namespace edirae::cli
