#include "cli/ledger/rebuild_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/terminal/terminal.h"
#include "common/status/macros.h"
#include "nlohmann/json.hpp"

namespace edirae::cli {
namespace {

constexpr char kDigestsFile[] = "/ledger.digests";

// What was known before, if anything was.
absl::StatusOr<std::optional<progress::LedgerDigests>> Known(const std::string& path) {
  if (path.empty()) return std::nullopt;
  absl::StatusOr<progress::LedgerDigests> known = progress::ReadDigests(path);
  if (absl::IsNotFound(known.status())) return std::nullopt;
  if (!known.ok()) return known.status();
  return std::optional(*std::move(known));
}

uint64_t NewSeed() {
  std::random_device random;
  return (uint64_t{random()} << 32U) | random();
}

}  // namespace

RebuildCommand::RebuildCommand(CLI::App& app)
    : command_(*app.add_subcommand("rebuild", "Fold a ledger again, and compare with what is kept")->group("Running")),
      ledger_(command_) {
  command_.add_flag("--verify", verify_, "compare, and change nothing but the file of digests")->required();
  command_.add_option("--digests", digests_,
                      "file of digests to compare with, which is made when it is not there and brought up to date when "
                      "nothing differs; by default ledger.digests beside the ledger, and none for --store");
  command_.add_flag("--json", json_, "print JSON");
  command_.footer("Exit code 65 when something differs.");
}

bool RebuildCommand::chosen() const { return command_.parsed(); }

absl::Status RebuildCommand::Run() const {
  EDIRAE_ASSIGN_OR_RETURN(const std::string folder, ledger_.Folder());
  EDIRAE_ASSIGN_OR_RETURN(const auto store, ledger_.Open());
  const std::string digests = digests_.empty() && !folder.empty() ? folder + kDigestsFile : digests_;
  EDIRAE_ASSIGN_OR_RETURN(const auto known, Known(digests));
  progress::LedgerVerifier verifier(*store, known ? &*known : nullptr, NewSeed(),
                                    [report = ReportOnStderr()](const progress::VerificationStep& step) {
                                      report(step.doing, step.done, step.total);
                                    });
  EDIRAE_ASSIGN_OR_RETURN(const progress::Verification found, verifier.Run());
  if (found.ok() && !digests.empty()) EDIRAE_RETURN_IF_ERROR(progress::WriteDigests(found.digests, digests));
  return Tell(found);
}

absl::Status RebuildCommand::Tell(const progress::Verification& found) const {
  if (json_) {
    nlohmann::ordered_json json = {{"event_count", found.event_count},
                                   {"learner_count", found.learner_count},
                                   {"compared_count", found.compared_count},
                                   {"difference_count", found.difference_count},
                                   {"differences", nlohmann::ordered_json::array()}};
    for (const auto& [learner_id, what] : found.differences) {
      json["differences"].push_back({{"learner_id", learner_id}, {"what", what}});
    }
    std::cout << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
  } else {
    const Style style = Style::ForStdout();
    for (const auto& [learner_id, what] : found.differences) {
      std::cout << style.Bold(learner_id.empty() ? "the ledger" : learner_id) << ": " << what << "\n";
    }
    std::cout << found.event_count << " events of " << found.learner_count << " learners folded again; "
              << found.compared_count << " digests were known; differences: " << found.difference_count << "\n";
  }
  if (found.ok()) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the ledger differs from what is kept: ", found.difference_count));
}

}  // namespace edirae::cli
