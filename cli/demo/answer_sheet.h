#ifndef EDIRAE_CLI_DEMO_ANSWER_SHEET_H_
#define EDIRAE_CLI_DEMO_ANSWER_SHEET_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/catalog_feed/catalog_feed.h"
#include "grpcpp/channel.h"

namespace edirae::cli {

// What the sample learner knows: the catalog's keys, which only services get. Immutable.
class AnswerSheet {
 public:
  // Takes the newest revision. UNAVAILABLE when none comes within 10 s.
  static absl::StatusOr<AnswerSheet> Fetch(const std::shared_ptr<grpc::Channel>& catalog,
                                           const std::string& service_token);

  // A reply that answers the question right, or wrong. NOT_FOUND for an unknown question.
  absl::StatusOr<catalog::v1::Reply> Right(const std::string& question_id) const;
  absl::StatusOr<catalog::v1::Reply> Wrong(const std::string& question_id) const;

 private:
  explicit AnswerSheet(std::shared_ptr<const CatalogRevision> revision) : revision_(std::move(revision)) {}
  absl::StatusOr<const catalog::v1::KeyedQuestion*> Find(const std::string& question_id) const;

  std::shared_ptr<const CatalogRevision> revision_;
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_DEMO_ANSWER_SHEET_H_
