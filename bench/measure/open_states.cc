#include "bench/measure/open_states.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <future>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/measure/processor_time.h"
#include "bench/measure/recorded_answers.h"
#include "bench/measure/run_again.h"
#include "common/status/macros.h"
#include "services/recommend/adapters/model_files.h"
#include "services/recommend/domain/choosing/suggestions.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/limits.h"
#include "services/recommend/testing/owns_all.h"

namespace edirae::bench {
namespace {

using recommend::LearnerState;

constexpr int kExamples = 1000;
constexpr int64_t kAnswersBefore = kRecordedConcepts * kQuestionsInTurn;
constexpr int64_t kMasteredBefore = kRecordedConcepts / 2;
constexpr int64_t kEventsBefore = kAnswersBefore + kMasteredBefore;
constexpr int kSuggestedAtOnce = 3;
constexpr int64_t kMostBytesOfLearner = 12 << 10;  // in the file and in its log
constexpr int64_t kStride = 7919;                  // a prime, so that neighbours are not met together
constexpr int64_t kLearnersBetweenTellings = 100'000;
constexpr absl::Duration kSavePatience = absl::Seconds(30);
constexpr absl::Duration kSaveLook = absl::Milliseconds(20);  // seldom: looking costs processor time, too

class CountedReceipt final : public recommend::Receipt {
 public:
  explicit CountedReceipt(std::atomic<int64_t>& settled) : settled_(settled) {}
  void Ack() override { ++settled_; }
  void Nak(absl::Duration) override {}

 private:
  std::atomic<int64_t>& settled_;
};

events::v1::LearnerEvent Mastered(const events::v1::LearnerEvent& last_answer, int64_t seq) {
  events::v1::LearnerEvent event = last_answer;
  event.set_learner_seq(seq);
  event.mutable_concept_mastered()->set_concept_id(last_answer.question_answered().concept_ids(0));
  return event;
}

// A learner who has answered all there is, and mastered every other concept.
LearnerState Example(const recommend::Models& models, const std::string& learner_id) {
  LearnerState state;
  state.learner_id = learner_id;
  for (int64_t answer = 1; answer <= kAnswersBefore; ++answer) {
    events::v1::LearnerEvent event = RecordedAnswer(learner_id, answer);
    event.set_learner_seq(state.applied_seq + 1);
    recommend::Fold(models, event, state);
    const bool is_last = answer % kQuestionsInTurn == 0;
    if (is_last && answer / kQuestionsInTurn % 2 == 0) {
      recommend::Fold(models, Mastered(event, state.applied_seq + 1), state);
    }
  }
  return state;
}

absl::Duration Since(std::chrono::steady_clock::time_point start) {
  return absl::FromChrono(std::chrono::steady_clock::now() - start);
}

}  // namespace

OpenStates::Running::Running(const recommend::Models& models, const Clock& clock,
                             std::unique_ptr<recommend::SqliteCheckpointStore> opened)
    : store(std::move(opened)),
      states(
          *store, recommend::limits::kMaxLiveLearners, metrics, [](const std::string&) {},
          recommend::testing::OwnsAll()),
      checkpointer(*store, states, metrics, recommend::testing::OwnsAll()),
      applier(models, states, checkpointer, clock, metrics, [](const std::string&, bool) {}) {}

OpenStates::OpenStates(recommend::Models models) : models_(std::move(models)) {}

absl::StatusOr<std::unique_ptr<OpenStates>> OpenStates::Make() {
  EDIRAE_ASSIGN_OR_RETURN(recommend::Models models, recommend::LoadModels(""));
  std::unique_ptr<OpenStates> states(new OpenStates(std::move(models)));
  EDIRAE_ASSIGN_OR_RETURN(const catalog::v1::RevisionContent content, RecordedCatalog());
  EDIRAE_ASSIGN_OR_RETURN(states->curriculum_, recommend::Curriculum::Build(1, content));
  states->course_ = states->curriculum_->Find(kRecordedRoadmap);
  if (states->course_ == nullptr) return absl::InternalError("the catalog lacks its roadmap");
  for (int i = 0; i < kExamples; ++i) states->examples_.push_back(Example(states->models_, RecordedLearner(i)));
  EDIRAE_RETURN_IF_ERROR(states->Start());
  return states;
}

absl::Status OpenStates::Start() {
  running_.reset();
  EDIRAE_ASSIGN_OR_RETURN(auto store,
                          recommend::SqliteCheckpointStore::Open(folder_.path(), recommend::FoldNameOf(models_)));
  running_ = std::make_unique<Running>(models_, clock_, std::move(store));
  return absl::OkStatus();
}

absl::Status OpenStates::GrowTo(const Conditions& conditions, const std::string& what, int64_t learners) {
  std::vector<std::shared_ptr<const LearnerState>> portion;
  while (learners_ < learners) {
    if (learners_ % kLearnersBetweenTellings == 0) {
      conditions.progress.Show(absl::StrCat(what, ": ", learners_, " of ", learners, " learners"));
    }
    auto state = std::make_shared<LearnerState>(examples_[static_cast<size_t>(learners_ % kExamples)]);
    state->learner_id = RecordedLearner(learners_++);
    portion.push_back(std::move(state));
    if (portion.size() < kSavedAtOnce && learners_ < learners) continue;
    EDIRAE_RETURN_IF_ERROR(conditions.interrupt.Check());
    EDIRAE_RETURN_IF_ERROR(running_->store->Save(portion, {}).status());
    portion.clear();
  }
  return Start();
}

absl::StatusOr<absl::Duration> OpenStates::TimeRestart(int64_t learner) {
  running_.reset();
  const auto start = std::chrono::steady_clock::now();
  EDIRAE_RETURN_IF_ERROR(Start());
  EDIRAE_RETURN_IF_ERROR(TimeSuggest(learner).status());
  return Since(start);
}

absl::Status OpenStates::Bring(int64_t learner) { return running_->states.GetNow(RecordedLearner(learner)).status(); }

absl::StatusOr<absl::Duration> OpenStates::TimeSuggest(int64_t learner) {
  const std::string learner_id = RecordedLearner(learner);
  std::promise<recommend::StateSource::Result> got;
  const auto start = std::chrono::steady_clock::now();
  running_->states.Get(learner_id, [&](recommend::StateSource::Result state) { got.set_value(std::move(state)); });
  EDIRAE_ASSIGN_OR_RETURN(const auto state, got.get_future().get());
  const recommend::choosing::LearnerView view(models_, *state, *course_, clock_.Now());
  const recommend::choosing::Advice advice = recommend::choosing::Suggest(view, kSuggestedAtOnce);
  const absl::Duration took = Since(start);
  if (advice.suggestions.size() != kSuggestedAtOnce) return absl::DataLossError("too little is suggested");
  return took;
}

int64_t OpenStates::NextLearner() { return turn_++ * kStride % learners_; }

events::v1::LearnerEvent OpenStates::NextAnswer(int64_t learner) {
  const int64_t answer = ++answers_[learner];
  events::v1::LearnerEvent event = RecordedAnswer(RecordedLearner(learner), kAnswersBefore + answer);
  event.set_learner_seq(kEventsBefore + answer);
  return event;
}

void OpenStates::AddRound(std::vector<std::vector<recommend::Arrival>>& batches) {
  const size_t first = batches.size();
  batches.resize(first + kAnswersInSitting);
  for (int64_t i = 0; i < kTogether; ++i) {
    const int64_t learner = NextLearner();
    for (size_t turn = 0; turn < kAnswersInSitting; ++turn) {
      batches[first + turn].push_back(
          {.event = NextAnswer(learner), .receipt = std::make_unique<CountedReceipt>(settled_)});
    }
  }
}

absl::Status OpenStates::ApplyAll(std::vector<std::vector<recommend::Arrival>> batches, const Interrupt& interrupt) {
  int64_t expected = settled_;
  for (auto& batch : batches) {
    EDIRAE_RETURN_IF_ERROR(interrupt.Check());
    expected += static_cast<int64_t>(batch.size());
    running_->applier.Apply(std::move(batch));
  }
  for (const absl::Time deadline = absl::Now() + kSavePatience; settled_ < expected;) {
    EDIRAE_RETURN_IF_ERROR(interrupt.Pause(kSaveLook));
    if (absl::Now() > deadline) return absl::DataLossError(absl::StrCat(expected - settled_, " events are not saved"));
  }
  return absl::OkStatus();
}

absl::StatusOr<absl::Duration> OpenStates::CostOfSittings(int waves, const Interrupt& interrupt) {
  absl::Duration cost;
  for (int wave = 0; wave < waves; ++wave) {
    std::vector<std::vector<recommend::Arrival>> batches;
    for (int round = 0; round < kRoundsInWave; ++round) AddRound(batches);
    const absl::Duration start = ProcessorTime();
    EDIRAE_RETURN_IF_ERROR(ApplyAll(std::move(batches), interrupt));
    cost += ProcessorTime() - start;
  }
  return cost / (waves * kRoundsInWave * kTogether * kAnswersInSitting);
}

absl::StatusOr<absl::Duration> OpenStates::CostOfSaves(int rounds, const Interrupt& interrupt) {
  absl::Duration cost;
  for (int round = 0; round < rounds; ++round) {
    EDIRAE_RETURN_IF_ERROR(interrupt.Check());
    std::vector<std::shared_ptr<const LearnerState>> states;
    for (int64_t i = 0; i < kSavedAtOnce; ++i) {
      const int64_t learner = NextLearner();
      EDIRAE_ASSIGN_OR_RETURN(const auto before, running_->store->Load(RecordedLearner(learner)));
      auto after = std::make_shared<LearnerState>(*before);
      recommend::Fold(models_, NextAnswer(learner), *after);
      states.push_back(std::move(after));
    }
    const absl::Duration start = ProcessorTime();
    EDIRAE_RETURN_IF_ERROR(running_->store->Save(states, {}).status());
    cost += ProcessorTime() - start;
  }
  return cost / (rounds * kSavedAtOnce);
}

absl::Status OpenStates::CheckRoom(int64_t learners) const {
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(folder_.path(), error);
  if (error) return absl::InternalError(error.message());
  const int64_t needed = learners * kMostBytesOfLearner;
  if (space.available >= static_cast<uintmax_t>(needed)) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat("needs ", needed >> 30, " GB of temporary files"));
}

absl::StatusOr<double> OpenStates::LiveMegabytes(int64_t learners) {
  running_.reset();  // one process has the folder
  EDIRAE_ASSIGN_OR_RETURN(
      const std::vector<double> figures,
      RunAgain({"live-states", "--folder", folder_.path(), "--learners", absl::StrCat(learners)}, 1));
  EDIRAE_RETURN_IF_ERROR(Start());
  return figures[0];
}

absl::StatusOr<int64_t> OpenStates::FileBytes() const {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(folder_.path() + "/recommend.db", error);
  if (error) return absl::InternalError(error.message());
  return static_cast<int64_t>(bytes);
}

}  // namespace edirae::bench
