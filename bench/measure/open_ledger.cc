#include "bench/measure/open_ledger.h"

#include <chrono>
#include <future>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/measure/processor_time.h"
#include "bench/measure/recorded_answers.h"
#include "cli/client/reply.h"
#include "common/status/macros.h"
#include "services/progress/testing/blocking_ledger.h"

namespace edirae::bench {
namespace {

constexpr int kAnswersInSitting = 16;
constexpr size_t kSittingsAtOnce = 4;
constexpr size_t kCachedLearners = 100'000;  // as progress has it
constexpr absl::Duration kBetweenSittings = absl::Hours(24);

absl::Status CheckSitting(std::future<progress::RecordAnswer> sitting) {
  EDIRAE_ASSIGN_OR_RETURN(const auto answers, sitting.get());
  for (const progress::ActionAnswer& answer : answers) EDIRAE_RETURN_IF_ERROR(answer.status());
  return absl::OkStatus();
}

}  // namespace

OpenLedger::OpenLedger() : clock_(absl::FromUnixSeconds(1'900'000'000)) {}

absl::StatusOr<std::unique_ptr<OpenLedger>> OpenLedger::Make() {
  std::unique_ptr<OpenLedger> ledger(new OpenLedger());
  EDIRAE_RETURN_IF_ERROR(ledger->Open());
  return ledger;
}

absl::Status OpenLedger::Open() {
  EDIRAE_ASSIGN_OR_RETURN(catalog::v1::RevisionContent content, RecordedCatalog());
  for (const auto& question : content.questions()) {
    progress::v1::LearnerAction& action = answers_.emplace_back();
    action.mutable_answer_question()->set_question_id(question.question().question_id());
    *action.mutable_answer_question()->mutable_reply() = cli::SomeReply(question.question(), answers_.size());
  }
  EDIRAE_ASSIGN_OR_RETURN(auto index, progress::ContentIndex::Build(
                                          std::make_shared<const catalog::v1::RevisionContent>(std::move(content)), 1));
  content_.Set(std::move(index));
  EDIRAE_ASSIGN_OR_RETURN(store_, progress::SqliteEventStore::Open(folder_.path()));
  ledger_ = std::make_unique<progress::StoreLedger>(*store_, content_, clock_, metrics_, kCachedLearners, [] {});
  return absl::OkStatus();
}

absl::StatusOr<absl::Duration> OpenLedger::TimeRead(const std::string& learner_id) {
  std::promise<absl::Status> read;
  const auto start = std::chrono::steady_clock::now();
  ledger_->ReadProgress(
      learner_id, kRecordedRoadmap,
      [&](const absl::StatusOr<std::shared_ptr<const std::string>>& bytes) { read.set_value(bytes.status()); });
  EDIRAE_RETURN_IF_ERROR(read.get_future().get());
  return absl::FromChrono(std::chrono::steady_clock::now() - start);
}

progress::v1::LearnerAction OpenLedger::NextAnswer() {
  progress::v1::LearnerAction action = answers_[static_cast<size_t>(answered_) % answers_.size()];
  action.set_request_id(absl::StrCat("sitting-", answered_++));
  return action;
}

absl::StatusOr<absl::Duration> OpenLedger::CostOfSittings(int64_t sittings,
                                                          const std::function<std::string(int64_t)>& learner_of,
                                                          const Interrupt& interrupt) {
  EDIRAE_ASSIGN_OR_RETURN(const int64_t before, store_->LastPosition());
  const absl::Duration start = ProcessorTime();
  std::deque<std::future<progress::RecordAnswer>> under_way;
  for (int64_t sitting = 0; sitting < sittings; ++sitting) {
    EDIRAE_RETURN_IF_ERROR(interrupt.Check());
    clock_.Advance(kBetweenSittings);
    std::vector<progress::v1::LearnerAction> actions;
    for (int i = 0; i < kAnswersInSitting; ++i) actions.push_back(NextAnswer());
    under_way.push_back(progress::StartRecord(*ledger_, learner_of(sitting), actions));
    if (under_way.size() < kSittingsAtOnce && sitting + 1 < sittings) continue;
    for (; !under_way.empty(); under_way.pop_front()) {
      EDIRAE_RETURN_IF_ERROR(CheckSitting(std::move(under_way.front())));
    }
  }
  const absl::Duration cost = ProcessorTime() - start;
  EDIRAE_ASSIGN_OR_RETURN(const int64_t after, store_->LastPosition());
  if (after - before < sittings * kAnswersInSitting) {
    return absl::DataLossError(absl::StrCat("only ", after - before, " events were recorded"));
  }
  return cost / (after - before);
}

}  // namespace edirae::bench
