#ifndef EDIRAE_CLI_CATALOG_CATALOG_COMMANDS_H_
#define EDIRAE_CLI_CATALOG_CATALOG_COMMANDS_H_

#include <string>

#include "absl/status/status.h"

namespace CLI {
class App;
}

namespace edirae::cli {

// `edirae catalog lint|diff|preview`: for authors, on folders of content; no platform need run.
class CatalogCommands {
 public:
  explicit CatalogCommands(CLI::App& app);

  // Whether the command line names one of them.
  bool chosen() const;

  // Runs it. UNKNOWN when lint found mistakes, which it has printed; NOT_FOUND for a folder or concept that is not
  // there; INVALID_ARGUMENT when diff or preview is asked to show content with mistakes.
  absl::Status Run() const;

 private:
  absl::Status Lint() const;
  absl::Status Diff() const;
  absl::Status Preview() const;

  CLI::App* command_;
  CLI::App* lint_;
  CLI::App* diff_;
  CLI::App* preview_;

  // What the command line says.
  std::string folder_ = "content";
  std::string before_;
  std::string after_;
  std::string concept_id_;
  bool json_ = false;
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CATALOG_CATALOG_COMMANDS_H_
