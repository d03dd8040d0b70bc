#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_CAUSES_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_CAUSES_H_

#include <optional>
#include <string>
#include <vector>

#include "edirae/recommend/v1/track_service.pb.h"
#include "services/recommend/domain/track/comparison.h"
#include "services/recommend/domain/track/itinerary.h"

namespace edirae::recommend::track {

// Why a stop of one way is not where it is on another.
struct Cause {
  v1::TrackCause kind = v1::TRACK_CAUSE_UNSPECIFIED;
  int position = -1;         // of the concept that it is about; -1 for none
  int stage = -1;            // whose milestone it is about; -1 for none
  bool is_evidence = false;  // whether the events of the concept say so
  std::string text;          // half a sentence
};

// Finds the first cause that accounts for a difference: what the learner has shown, then what they have decided, then
// what follows from the plans. Borrows everything that it is made of.
class Causes {
 public:
  Causes(const Way& before, const Way& after, const Itinerary& was, const Itinerary& is);

  // "Vectors", or "the milestone of The Basics".
  std::string NameOf(const Stop& stop) const;

  // Of a stop that is gone: nothing when it was not done.
  std::optional<Cause> OfDone(const Stop& stop) const;
  Cause OfRemoval(const Stop& stop) const;
  Cause OfAddition(const Stop& stop) const;
  // Of one in another week.
  Cause OfMove(const Stop& was, const Stop& is) const;

 private:
  using Test = bool (Causes::*)(int position) const;

  // Position of a concept, or of the stage that a milestone ends.
  int PositionOf(const Stop& stop) const;
  int StageOf(const Stop& stop) const;
  const std::string& TitleOf(int position) const { return after_.view.Taught(position).title; }

  bool Lapsed(int position) const { return before_.view.Mastered(position) && !after_.view.Mastered(position); }
  bool Learned(int position) const { return !before_.view.Mastered(position) && after_.view.Mastered(position); }
  bool Knew(int position) const { return knew_[static_cast<size_t>(position)] != 0; }
  bool Knows(int position) const { return knows_[static_cast<size_t>(position)] != 0; }
  bool KnownAnew(int position) const { return Knows(position) && !Knew(position); }
  bool PinnedAnew(int position) const {
    return PinIn(after_, position) != nullptr && PinIn(before_, position) == nullptr;
  }
  bool PinChanged(int position) const;
  static const Pin* PinIn(const Way& way, int position);

  // The nearest concept that passes, of those that the stop needs: prerequisites, or the concepts of its stage.
  std::optional<int> NeedThat(const Stop& stop, Test test) const;
  // The first concept that passes and needs this one.
  std::optional<int> UserThat(int position, Test test) const;

  std::optional<Cause> OfDecision(const Stop& stop, bool later) const;
  std::optional<Cause> OfEvidence(const Stop& stop, bool later) const;
  std::optional<Cause> OfOrder(const Stop& stop, bool later) const;
  std::optional<Cause> OfEffort(const Stop& stop, bool later) const;
  Cause About(v1::TrackCause kind, const Stop& stop, std::string text) const;

  const Way& before_;
  const Way& after_;
  const Itinerary& was_;
  const Itinerary& is_;
  std::vector<char> knew_, knows_;  // by position: what the learner said to know before, and says now
};

}  // namespace edirae::recommend::track

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_CAUSES_H_
