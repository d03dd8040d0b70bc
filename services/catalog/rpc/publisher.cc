#include "services/catalog/rpc/publisher.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/catalog_feed/digest.h"
#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/catalog/domain/rollback.h"
#include "services/catalog/domain/succession.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/errors.h"

namespace edirae::catalog {
namespace {

ContentCounts CountsOf(const Revision& revision) {
  return {.roadmaps = revision.content().roadmaps_size(),
          .concepts = static_cast<int>(revision.concepts().size()),
          .questions = revision.content().questions_size(),
          .flashcards = revision.content().flashcards_size()};
}

// What forbids to publish the draft behind `head`, which may be null.
std::vector<Finding> Check(const Draft& draft, const Publication* head) {
  std::vector<Finding> findings;
  if (!draft.validated) findings = Validate(draft.content, draft.sources);
  if (head == nullptr) return findings;
  std::vector<Finding> more = CheckSuccession(head->revision.content(), draft.content, draft.sources, draft.restored);
  findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  SortAndDeduplicate(findings);
  return findings;
}

}  // namespace

std::string PublishedDigest(const v1::RevisionContent& content) { return DigestOf(Revision(0, content).content()); }

Publisher::Publisher(RevisionStore& store, Revisions& revisions, const Clock& clock, std::function<void()> on_publish)
    : store_(store), revisions_(revisions), clock_(clock), on_publish_(std::move(on_publish)) {}

absl::Status Publisher::ServeHead() {
  const std::lock_guard lock(publishing_);
  EDIRAE_ASSIGN_OR_RETURN(const std::optional<RevisionRecord> head, store_.Head());
  return head ? Serve(*head) : absl::OkStatus();
}

absl::StatusOr<PublishOutcome> Publisher::Publish(Draft draft, const PublishOrder& order) {
  const std::lock_guard lock(publishing_);
  if (!order.request_id.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(auto known, store_.FindRequest(order.author, order.request_id));
    if (known && known->digest != PublishedDigest(draft.content)) return errors::RequestIdReused();
    if (known) return PublishOutcome{.revision = std::move(known), .published = true, .findings = {}};
  }
  return PublishLocked(std::move(draft), order, 0);
}

absl::StatusOr<PublishOutcome> Publisher::Rollback(
    int64_t number, const google::protobuf::RepeatedPtrField<v1::ConceptMigration>& migrations,
    const PublishOrder& order) {
  const std::lock_guard lock(publishing_);
  EDIRAE_ASSIGN_OR_RETURN(auto known, store_.FindRequest(order.author, order.request_id));
  if (known && known->restored_revision != number) return errors::RequestIdReused();
  if (known) return PublishOutcome{.revision = std::move(known), .published = true, .findings = {}};
  EDIRAE_RETURN_IF_ERROR(ExpectedHead(order).status());
  Draft draft{.content = {}, .sources = {}, .restored = true};
  EDIRAE_ASSIGN_OR_RETURN(draft.content, ReadContent(number));
  const auto head = revisions_.Current();
  *draft.content.mutable_migrations() = MigrationsBack(head->revision.content(), draft.content,
                                                       absl::StrCat("Revision ", number, " was published again."));
  for (const v1::ConceptMigration& asked : migrations) {
    v1::ConceptMigration& migration = *draft.content.add_migrations();
    migration = asked;
    migration.set_into_existing(
        std::any_of(asked.to_concept_ids().begin(), asked.to_concept_ids().end(),
                    [&](const std::string& to) { return head->revision.FindConcept(to) != nullptr; }));
  }
  return PublishLocked(std::move(draft), order, number);
}

absl::StatusOr<v1::RevisionContent> Publisher::ReadContent(int64_t number) {
  absl::StatusOr<std::string> bytes = store_.ReadContent(number);
  if (bytes.status().code() == absl::StatusCode::kNotFound) return errors::RevisionNotFound(number);
  if (!bytes.ok()) return bytes.status();
  v1::RevisionContent content;
  if (!content.ParseFromString(*bytes)) return absl::DataLossError(absl::StrCat("revision ", number, " is no content"));
  return content;
}

absl::Status Publisher::Serve(const RevisionRecord& head) {
  const auto current = revisions_.Current();
  if (current != nullptr && current->revision.number() == head.number) return absl::OkStatus();
  EDIRAE_ASSIGN_OR_RETURN(v1::RevisionContent content, ReadContent(head.number));
  auto publication = std::make_shared<Publication>(head.number, std::move(content), current.get());
  publication->publish_time = head.publish_time;
  revisions_.Show(std::move(publication));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<RevisionRecord>> Publisher::ExpectedHead(const PublishOrder& order) {
  EDIRAE_ASSIGN_OR_RETURN(std::optional<RevisionRecord> head, store_.Head());
  if (head) EDIRAE_RETURN_IF_ERROR(Serve(*head));
  const int64_t number = head ? head->number : 0;
  if (number != order.expected_head) return errors::HeadMoved(number, order.expected_head);
  return head;
}

absl::StatusOr<PublishOutcome> Publisher::PublishLocked(Draft draft, const PublishOrder& order,
                                                        int64_t restored_revision) {
  EDIRAE_ASSIGN_OR_RETURN(const std::optional<RevisionRecord> head, ExpectedHead(order));
  const std::shared_ptr<const Publication> current = revisions_.Current();
  PublishOutcome outcome;
  outcome.findings = Check(draft, current.get());
  if (!outcome.findings.empty()) return outcome;
  outcome.revision = head;
  if (order.validate_only) return outcome;
  auto next = std::make_shared<Publication>(order.expected_head + 1, std::move(draft.content), current.get());
  if (current != nullptr && next->digest() == current->digest()) return outcome;
  EDIRAE_ASSIGN_OR_RETURN(outcome.revision, Record(std::move(next), order, restored_revision));
  outcome.published = true;
  return outcome;
}

absl::StatusOr<RevisionRecord> Publisher::Record(std::shared_ptr<Publication> next, const PublishOrder& order,
                                                 int64_t restored_revision) {
  StagedContent staged = store_.Stage(next->parts.content().bytes());
  next->publish_time = clock_.Now();
  const absl::StatusOr<RevisionRecord> record = store_.Append({.publish_time = next->publish_time,
                                                               .author = order.author,
                                                               .note = order.note,
                                                               .request_id = order.request_id,
                                                               .restored_revision = restored_revision,
                                                               .counts = CountsOf(next->revision),
                                                               .content = std::move(staged)},
                                                              order.expected_head);
  if (record.status().code() == absl::StatusCode::kAborted) {  // published elsewhere in between
    return errors::HeadMoved(order.expected_head + 1, order.expected_head);
  }
  if (!record.ok()) return record.status();
  log::Info("published a revision", {{"revision", record->number},
                                     {"author", record->author},
                                     {"digest", record->digest},
                                     {"restored_revision", restored_revision}});
  revisions_.Show(std::move(next));
  if (on_publish_) on_publish_();
  return *record;
}

}  // namespace edirae::catalog
