#ifndef EDIRAE_CLI_CATALOG_PUBLISH_COMMANDS_H_
#define EDIRAE_CLI_CATALOG_PUBLISH_COMMANDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/client/session.h"

namespace CLI {
class App;
}

namespace edirae::cli {

// Declares how a command reaches the platform as an author.
void DeclareAuthor(CLI::App& command, SessionSettings& session);

// `edirae catalog publish|rollback|revisions`: for authors, on a running platform, with an author's token.
class PublishCommands {
 public:
  // Adds them to `catalog`. Must outlive its parse.
  explicit PublishCommands(CLI::App& catalog);

  // Whether the command line names one of them.
  bool chosen() const;

  // Runs it. UNKNOWN when there are findings, which it has printed; otherwise the errors of `AuthoringService`.
  absl::Status Run() const;

 private:
  absl::Status Publish() const;
  absl::Status Rollback() const;
  absl::Status List() const;
  // The revision that must be the newest: the one that was named, or else the newest now.
  absl::StatusOr<int64_t> ExpectedHead(const Session& session) const;

  CLI::App* publish_;
  CLI::App* rollback_;
  CLI::App* revisions_;

  // What the command line says.
  SessionSettings session_;
  std::string folder_ = "content";
  std::string note_;
  int64_t revision_ = 0;
  int64_t head_ = -1;  // negative: whatever is newest
  int count_ = 20;
  bool check_only_ = false;
  std::vector<std::string> migrations_;
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CATALOG_PUBLISH_COMMANDS_H_
