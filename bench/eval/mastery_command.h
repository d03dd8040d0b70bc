#ifndef EDIRAE_BENCH_EVAL_MASTERY_COMMAND_H_
#define EDIRAE_BENCH_EVAL_MASTERY_COMMAND_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/recommend/adapters/recorded_responses.h"

namespace edirae::eval {

// `edirae-eval mastery`: how well the mastery model, or a weights file, predicts learners whom it never met. Must
// outlive the app.
class MasteryCommand {
 public:
  explicit MasteryCommand(CLI::App& app);

  bool chosen() const { return command_->parsed(); }
  // Prints one line of JSON. INVALID_ARGUMENT for a file that is malformed or leaves nothing to learn or to judge.
  absl::Status Run() const;

 private:
  // Whom each turn judges, by learner number; the others are fitted to. INVALID_ARGUMENT when there is nobody.
  absl::StatusOr<std::vector<std::vector<bool>>> JudgedOf(const recommend::RecordedResponses& responses,
                                                          const std::string& path) const;

  CLI::App* command_;
  std::string table_;  // or `events_`
  std::string events_;
  std::string weights_;  // none: they are fitted
  int folds_ = 0;        // 0: the file's own split
};

}  // namespace edirae::eval

#endif  // EDIRAE_BENCH_EVAL_MASTERY_COMMAND_H_
