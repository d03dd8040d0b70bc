#ifndef EDIRAE_CLI_CATALOG_CATALOG_COMMANDS_H_
#define EDIRAE_CLI_CATALOG_CATALOG_COMMANDS_H_

#include <string>

#include "absl/status/statusor.h"
#include "cli/catalog/publish_commands.h"
#include "cli/client/session.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace CLI {
class App;
}

namespace edirae::cli {

// `edirae catalog …`: what authors do. lint, preview, and diff of folders need no platform; diff of published
// revisions, try-criteria and the commands of `PublishCommands` do.
class CatalogCommands {
 public:
  explicit CatalogCommands(CLI::App& app);

  // Whether the command line names one of them.
  bool chosen() const;

  // Runs it. UNKNOWN when there are mistakes, which it has printed; NOT_FOUND for a folder, concept or revision that is
  // not there; INVALID_ARGUMENT when diff or preview is asked to show content with mistakes; otherwise the errors of
  // `AuthoringService`.
  absl::Status Run() const;

 private:
  absl::Status Lint() const;
  absl::Status Diff() const;
  absl::Status Preview() const;
  // The content of a folder, of a published revision by its number, or of the newest by that word.
  absl::StatusOr<catalog::v1::RevisionContent> Resolve(const std::string& name) const;

  CLI::App* command_;
  CLI::App* lint_;
  CLI::App* diff_;
  CLI::App* preview_;
  CLI::App* try_criteria_;
  PublishCommands publish_;

  // What the command line says.
  std::string folder_ = "content";
  std::string before_;
  std::string after_;
  std::string concept_id_;
  int most_ = 100'000;
  bool json_ = false;
  SessionSettings session_;
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CATALOG_CATALOG_COMMANDS_H_
