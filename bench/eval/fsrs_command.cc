#include "bench/eval/fsrs_command.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "bench/eval/limits.h"
#include "bench/eval/line_reader.h"
#include "common/status/macros.h"
#include "services/recommend/domain/memory/calibration.h"
#include "services/recommend/domain/memory/scheduler.h"
#include "services/recommend/limits.h"

namespace edirae::eval {
namespace {

using recommend::memory::Calibration;
using recommend::memory::Card;
using recommend::memory::Model;
using recommend::memory::Phase;
using recommend::memory::Rating;
using recommend::memory::Scheduler;

constexpr int64_t kDayMs = int64_t{24} * 60 * 60 * 1000;

struct Review {
  std::string card_id;
  int64_t ts_ms = 0;
  Rating rating = Rating::kAgain;
};

absl::StatusOr<Review> ParseReview(const std::string& line) {
  const std::vector<absl::string_view> fields = absl::StrSplit(line, '\t');
  if (fields.size() != 3) {
    return absl::InvalidArgumentError(absl::StrCat(fields.size(), " fields; it takes card_id<TAB>ts_ms<TAB>rating"));
  }
  Review review;
  review.card_id = std::string(fields[0]);
  if (review.card_id.empty()) return absl::InvalidArgumentError("card_id is empty");
  if (!absl::SimpleAtoi(fields[1], &review.ts_ms)) {
    return absl::InvalidArgumentError(absl::StrCat("ts_ms is '", fields[1], "'; it is Unix milliseconds"));
  }
  int rating = 0;
  if (!absl::SimpleAtoi(fields[2], &rating) || rating < 1 || rating > 4) {
    return absl::InvalidArgumentError(
        absl::StrCat("rating is '", fields[2], "'; it is 1 (again), 2 (hard), 3 (good) or 4 (easy)"));
  }
  review.rating = static_cast<Rating>(rating);
  return review;
}

// What is needed to predict a review later: the card as it was before it, and what came of it.
struct Outcome {
  Card card;
  int64_t ts_ms;
  bool recalled;
};

// Predicts the reviews of one learner that are at least a day (UTC) after the one before, in the order of time, each
// from earlier ones only, with and without what is learned of the learner on the way.
nlohmann::ordered_json Fit(const Scheduler& scheduler, std::vector<Outcome> outcomes) {
  std::stable_sort(outcomes.begin(), outcomes.end(),
                   [](const Outcome& a, const Outcome& b) { return a.ts_ms < b.ts_ms; });
  Calibration calibration;
  double loss = 0;
  double loss_of_defaults = 0;
  const auto loss_of = [](double chance, bool recalled) {
    chance = std::clamp(chance, 1e-4, 1 - 1e-4);
    return -std::log(recalled ? chance : 1 - chance);
  };
  for (const Outcome& it : outcomes) {
    loss += loss_of(calibration.Recall(scheduler, it.card, it.ts_ms), it.recalled);
    loss_of_defaults += loss_of(scheduler.RetrievabilityAtReview(it.card, it.ts_ms), it.recalled);
    calibration.Observe(scheduler, it.card, it.ts_ms, it.recalled);
  }
  nlohmann::ordered_json line;
  const auto count = static_cast<double>(outcomes.size());
  line["log_loss"] = outcomes.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(loss / count);
  line["log_loss_of_defaults"] =
      outcomes.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(loss_of_defaults / count);
  line["reviews"] = outcomes.size();
  return line;
}

std::string ToJson(const Review& review, const Card& card, double retrievability_before) {
  nlohmann::ordered_json line;
  line["card_id"] = review.card_id;
  line["ts_ms"] = review.ts_ms;
  line["stability"] = card.stability;
  line["difficulty"] = card.difficulty();
  line["retrievability_before"] = retrievability_before;
  line["due_ms"] = card.due_ms();
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

absl::Status AtLine(size_t number, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("line ", number, ": ", what));
}

}  // namespace

FsrsCommand::FsrsCommand(CLI::App& app)
    : command_(*app.add_subcommand("fsrs", "What FSRS makes of recorded reviews")),
      retention_(recommend::limits::kDefaultRetention) {
  command_.footer(
      "Standard input: card_id<TAB>ts_ms<TAB>rating, one review a line; ratings are 1 again, 2 hard, 3 good, 4 easy;\n"
      "the reviews of a card in the order of time. Standard output: one JSON line a review,\n"
      "  {\"card_id\", \"ts_ms\", \"stability\", \"difficulty\", \"retrievability_before\", \"due_ms\"}\n"
      "with default weights and without fuzz; FSRS-6 equals ts-fsrs 5.4.2. retrievability_before is 0 for a new card, "
      "and 1\n"
      "for one that was reviewed less than 24 hours ago, as there.\n"
      "With --fit a last line {\"log_loss\", \"log_loss_of_defaults\", \"reviews\"}: all lines are taken for one\n"
      "learner's, who is calibrated online; judged are reviews at least a day (UTC) after the card's last one, each\n"
      "predicted from what was before it, with time in days of the calendar: not as retrievability_before has it.");
  command_.add_flag("--fit", fit_, "add the log loss at the end");
  command_.add_flag("--fsrs-7", fsrs7_, "use FSRS-7 instead of FSRS-6");
  command_.add_option("--retention", retention_, "the chance of recall at which a review is due")
      ->check(CLI::Range(recommend::limits::kMinRetention, recommend::limits::kMaxRetention))
      ->capture_default_str();
}

absl::Status FsrsCommand::Run(std::istream& in, std::ostream& out) {
  const Scheduler scheduler(fsrs7_ ? Model::kFsrs7 : Model::kFsrs6);
  absl::flat_hash_map<std::string, Card> cards;
  std::vector<Outcome> outcomes;
  LineReader reader(in, limits::kMaxReviewLineBytes);
  std::string line;
  for (auto read = reader.Next(line); read != LineReader::Outcome::kEnd; read = reader.Next(line)) {
    if (read == LineReader::Outcome::kTooLong) {
      return AtLine(reader.number(), absl::StrCat("longer than ", limits::kMaxReviewLineBytes, " bytes"));
    }
    const absl::StatusOr<Review> review = ParseReview(line);
    if (!review.ok()) return AtLine(reader.number(), review.status().message());
    Card& card = cards[review->card_id];
    const absl::StatusOr<Card> next = scheduler.Review(card, review->ts_ms, review->rating, retention_);
    if (!next.ok()) return AtLine(reader.number(), next.status().message());
    out << ToJson(*review, *next, scheduler.Retrievability(card, review->ts_ms));
    if (fit_ && card.phase() != Phase::kNew && review->ts_ms / kDayMs > card.last_review_ms / kDayMs) {
      if (outcomes.size() == limits::kMaxReviews) return AtLine(reader.number(), "too many reviews for --fit");
      outcomes.push_back({card, review->ts_ms, review->rating != Rating::kAgain});
    }
    card = *next;
  }
  if (fit_) out << Fit(scheduler, std::move(outcomes)).dump() << "\n";
  out.flush();
  return out.good() ? absl::OkStatus() : absl::DataLossError("cannot write to standard output");
}

}  // namespace edirae::eval
