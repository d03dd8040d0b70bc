#include "services/recommend/domain/track/causes.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/recommend/domain/choosing/sentences.h"

namespace edirae::recommend::track {
namespace {

std::string Hours(double hours) { return absl::StrFormat("%.4g hours", hours); }

Cause AGate() { return {.kind = v1::TRACK_CAUSE_GATE, .text = "a gate on the way asks for it"}; }
Cause NoGate() { return {.kind = v1::TRACK_CAUSE_GATE, .text = "no gate on the way asks for it any more"}; }

}  // namespace

Causes::Causes(const Way& before, const Way& after, const Itinerary& was, const Itinerary& is)
    : before_(before),
      after_(after),
      was_(was),
      is_(is),
      knew_(static_cast<size_t>(after.view.size()), 0),
      knows_(knew_) {
  for (const int position : before.goal.known) knew_[static_cast<size_t>(position)] = 1;
  for (const int position : after.goal.known) knows_[static_cast<size_t>(position)] = 1;
}

int Causes::PositionOf(const Stop& stop) const {
  const auto found = after_.view.course().positions.find(KeyOf(stop.id));
  return stop.is_milestone || found == after_.view.course().positions.end() ? -1 : found->second;
}

int Causes::StageOf(const Stop& stop) const {
  const auto& stages = after_.view.course().stages;
  const auto found = std::ranges::find(stages, stop.id, &TaughtStage::milestone_id);
  return stop.is_milestone && found != stages.end() ? static_cast<int>(found - stages.begin()) : -1;
}

std::string Causes::NameOf(const Stop& stop) const {
  if (const int position = PositionOf(stop); position >= 0) return TitleOf(position);
  const int stage = StageOf(stop);
  if (stage < 0) return stop.id;
  return absl::StrCat("the milestone of ", after_.view.course().stages[static_cast<size_t>(stage)].title);
}

const Pin* Causes::PinIn(const Way& way, int position) {
  const auto found = std::ranges::find(way.goal.pins, position, &Pin::position);
  return found == way.goal.pins.end() ? nullptr : &*found;
}

bool Causes::PinChanged(int position) const {
  const Pin* const was = PinIn(before_, position);
  const Pin* const is = PinIn(after_, position);
  if (was == nullptr || is == nullptr) return was != is;
  return was->day != is->day;
}

std::optional<int> Causes::NeedThat(const Stop& stop, Test test) const {
  std::vector<int> left;
  if (const int stage = StageOf(stop); stage >= 0) {
    const TaughtStage& taught = after_.view.course().stages[static_cast<size_t>(stage)];
    for (int position = taught.first_concept; position < taught.end_concept; ++position) left.push_back(position);
  } else if (const int position = PositionOf(stop); position >= 0) {
    left = after_.view.Taught(position).prerequisites;
  }
  std::vector<char> seen(static_cast<size_t>(after_.view.size()), 0);
  for (size_t next = 0; next < left.size(); ++next) {  // breadth first: the nearest
    const int position = left[next];
    if (std::exchange(seen[static_cast<size_t>(position)], 1) != 0) continue;
    if ((this->*test)(position)) return position;
    const auto& more = after_.view.Taught(position).prerequisites;
    left.insert(left.end(), more.begin(), more.end());
  }
  return std::nullopt;
}

std::optional<int> Causes::UserThat(int position, Test test) const {
  for (int user = 0; user < after_.view.size(); ++user) {
    if (user == position || !(this->*test)(user)) continue;
    std::vector<int> left = after_.view.Taught(user).prerequisites;
    std::vector<char> seen(static_cast<size_t>(after_.view.size()), 0);
    while (!left.empty()) {
      const int it = left.back();
      left.pop_back();
      if (it == position) return user;
      if (std::exchange(seen[static_cast<size_t>(it)], 1) != 0) continue;
      const auto& more = after_.view.Taught(it).prerequisites;
      left.insert(left.end(), more.begin(), more.end());
    }
  }
  return std::nullopt;
}

std::optional<Cause> Causes::OfDone(const Stop& stop) const {
  if (const int number = StageOf(stop); number >= 0) {
    const TaughtStage& stage = after_.view.course().stages[static_cast<size_t>(number)];
    if (after_.view.learner().Passed(stage.key)) return Cause{.text = "its stage is passed"};
    if (after_.view.MilestoneOf(stage) == MilestoneStanding::kApproved) return Cause{.text = "it is approved"};
    return std::nullopt;
  }
  const int position = PositionOf(stop);
  if (position < 0 || !Learned(position)) return std::nullopt;
  return Cause{
      .kind = v1::TRACK_CAUSE_MASTERED, .position = position, .is_evidence = true, .text = "you have mastered it"};
}

Cause Causes::OfRemoval(const Stop& stop) const {
  const int position = PositionOf(stop);
  if (position >= 0) {
    if (KnownAnew(position)) {
      return {.kind = v1::TRACK_CAUSE_KNOWN, .position = position, .text = "you say that you know it"};
    }
    if (stop.for_gate) return NoGate();
    if (const auto user = UserThat(position, &Causes::Learned)) {
      return {.kind = v1::TRACK_CAUSE_MASTERED,
              .position = *user,
              .is_evidence = true,
              .text = absl::StrCat("you have mastered ", TitleOf(*user), ", for which it was needed")};
    }
    if (const auto user = UserThat(position, &Causes::KnownAnew)) {
      return {.kind = v1::TRACK_CAUSE_KNOWN,
              .position = *user,
              .text = absl::StrCat("you say that you know ", TitleOf(*user), ", for which it was needed")};
    }
    if (PinIn(before_, position) != nullptr && PinIn(after_, position) == nullptr) {
      return {.kind = v1::TRACK_CAUSE_PINNED, .position = position, .text = "it is pinned no longer"};
    }
  }
  if (stop.for_gate) return NoGate();
  return {.kind = v1::TRACK_CAUSE_GOAL, .text = "the goal does not need it"};
}

Cause Causes::OfAddition(const Stop& stop) const {
  const int position = PositionOf(stop);
  if (position >= 0) {
    if (Lapsed(position)) {
      return {.kind = v1::TRACK_CAUSE_LAPSED,
              .position = position,
              .is_evidence = true,
              .text = "your mastery of it has lapsed"};
    }
    if (Knew(position) && !Knows(position)) {
      return {.kind = v1::TRACK_CAUSE_KNOWN, .position = position, .text = "you do not say any more that you know it"};
    }
    if (stop.for_gate) return AGate();
    if (const auto user = UserThat(position, &Causes::Lapsed)) {
      return {.kind = v1::TRACK_CAUSE_LAPSED,
              .position = *user,
              .is_evidence = true,
              .text = absl::StrCat(TitleOf(*user), ", whose mastery has lapsed, needs it")};
    }
    if (PinnedAnew(position)) {
      return {.kind = v1::TRACK_CAUSE_PINNED, .position = position, .text = "you have pinned it"};
    }
    if (const auto user = UserThat(position, &Causes::PinnedAnew)) {
      return {.kind = v1::TRACK_CAUSE_PINNED,
              .position = *user,
              .text = absl::StrCat(TitleOf(*user), ", which you have pinned, needs it")};
    }
  }
  if (stop.for_gate) return AGate();
  return {.kind = v1::TRACK_CAUSE_GOAL, .text = "the goal needs it"};
}

Cause Causes::OfMove(const Stop& was, const Stop& is) const {
  const bool later = is.week > was.week;
  if (auto cause = OfEvidence(is, later)) return *std::move(cause);
  if (auto cause = OfDecision(is, later)) return *std::move(cause);
  if (auto cause = OfOrder(is, later)) return *std::move(cause);
  if (auto cause = OfEffort(is, later)) return *std::move(cause);
  if (later &&
      (after_.goal.start > before_.goal.start || after_.goal.first_week_share < before_.goal.first_week_share)) {
    return {.kind = v1::TRACK_CAUSE_TIME, .text = "less was learned until now than planned"};
  }
  return {.kind = v1::TRACK_CAUSE_REVIEWS,
          .text = later ? "there are more reviews before it" : "there are fewer reviews before it"};
}

std::optional<Cause> Causes::OfEvidence(const Stop& stop, bool later) const {
  if (!later) return std::nullopt;  // what is mastered shows in the order
  const auto lapsed = NeedThat(stop, &Causes::Lapsed);
  if (!lapsed.has_value()) return std::nullopt;
  return Cause{.kind = v1::TRACK_CAUSE_LAPSED,
               .position = *lapsed,
               .is_evidence = true,
               .text = absl::StrCat("you lapsed on ", TitleOf(*lapsed), ", which it needs")};
}

std::optional<Cause> Causes::OfDecision(const Stop& stop, bool later) const {
  if (const int position = PositionOf(stop); position >= 0 && PinChanged(position)) {
    const bool pinned = PinIn(after_, position) != nullptr;
    return Cause{.kind = v1::TRACK_CAUSE_PINNED,
                 .position = position,
                 .text = pinned ? "you have pinned it" : "it is pinned no longer"};
  }
  const absl::CivilDay was = before_.goal.wished_start;
  const absl::CivilDay is = after_.goal.wished_start;
  if (was != is && (is > was) == later) {
    return Cause{.kind = v1::TRACK_CAUSE_START,
                 .text = absl::StrCat("the way begins on ", absl::FormatCivilTime(is), " instead of ",
                                      absl::FormatCivilTime(was))};
  }
  const double hours = before_.goal.hours_per_week;
  const double hours_now = after_.goal.hours_per_week;
  if (hours != hours_now && (hours_now < hours) == later) {
    return Cause{.kind = v1::TRACK_CAUSE_HOURS,
                 .text = absl::StrCat("a week has ", Hours(hours_now), " instead of ", Hours(hours))};
  }
  return std::nullopt;
}

Cause Causes::About(v1::TrackCause kind, const Stop& stop, std::string text) const {
  return {.kind = kind, .position = PositionOf(stop), .stage = StageOf(stop), .text = std::move(text)};
}

// Later: what comes before it only now. Earlier: what came before it only then.
std::optional<Cause> Causes::OfOrder(const Stop& stop, bool later) const {
  const Itinerary& with = later ? is_ : was_;
  const Itinerary& without = later ? was_ : is_;
  for (const Stop& other : with.stops()) {
    if (IsSame(other, stop)) break;
    if (without.IsBefore(other, stop)) continue;
    const std::string name = NameOf(other);
    const int position = PositionOf(other);
    if (position >= 0 && later && Lapsed(position)) {
      return Cause{.kind = v1::TRACK_CAUSE_LAPSED,
                   .position = position,
                   .is_evidence = true,
                   .text = absl::StrCat("you lapsed on ", name, ", which comes before it again")};
    }
    if (position >= 0 && !later && Learned(position)) {
      return Cause{.kind = v1::TRACK_CAUSE_MASTERED,
                   .position = position,
                   .is_evidence = true,
                   .text = absl::StrCat("you have mastered ", name, ", which came before it")};
    }
    if (position >= 0 && !later && KnownAnew(position)) {
      return About(v1::TRACK_CAUSE_KNOWN, other, absl::StrCat("you say that you know ", name));
    }
    if (position >= 0 && PinChanged(position)) {
      return About(v1::TRACK_CAUSE_PINNED, other,
                   PinIn(after_, position) == nullptr ? absl::StrCat(name, " is pinned no longer")
                                                      : absl::StrCat("you have pinned ", name));
    }
    if (later) return About(v1::TRACK_CAUSE_ORDER, other, absl::StrCat(name, " comes before it now"));
    return About(
        v1::TRACK_CAUSE_ORDER, other,
        absl::StrCat(name, without.Find(other) == nullptr ? " is no longer before it" : " comes after it now"));
  }
  return std::nullopt;
}

// What takes longest longer, or shorter, of it and all before it.
std::optional<Cause> Causes::OfEffort(const Stop& stop, bool later) const {
  int most = 0;
  const Stop* found = nullptr;
  for (const Stop& other : is_.stops()) {
    const Stop* const was = was_.Find(other);
    const int longer = was == nullptr ? 0 : (other.minutes - was->minutes) * (later ? 1 : -1);
    if (longer > most) {
      most = longer;
      found = &other;
    }
    if (IsSame(other, stop)) break;
  }
  if (found == nullptr) return std::nullopt;
  Cause cause = About(v1::TRACK_CAUSE_EFFORT, *found,
                      absl::StrCat("by your answers ", NameOf(*found), " takes ", choosing::Count(most, "minute"),
                                   later ? " more" : " less"));
  cause.is_evidence = cause.position >= 0;
  return cause;
}

}  // namespace edirae::recommend::track
