#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_INBOX_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_INBOX_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "edirae/events/v1/learner_event.pb.h"

namespace edirae::recommend {

// What the inbox made of an event.
enum class Admission {
  kReady,      // it is the learner's next; it is to be applied now, and then what TakeNext gives
  kDuplicate,  // it was applied before
  kHeld,       // one before it is missing; it waits here
  kNoRoom,     // one before it is missing, and too many wait already: let it come again later
};

// An event that was missing when a later one came.
struct Gap {
  std::string learner_id;
  absl::Time since;
};

struct InboxLimits {
  size_t held_per_learner = 0;
  size_t held = 0;
};

// Puts events that come repeated, out of order or late into each learner's order: every (learner, learner_seq) is
// handed out once, right after the one before it. Never looks at the bus's own sequence, which starts anew when the
// stream rolls back. A `Receipt` travels with each event (what settles it); move-only, and empty for events that
// came another way. Not thread-safe.
template <class Receipt>
class Inbox {
 public:
  struct Arrival {
    events::v1::LearnerEvent event;
    Receipt receipt;
  };

  explicit Inbox(InboxLimits limits) : limits_(limits) {}

  // `applied_seq` is the newest place in the learner's history that was applied. `arrival` is moved from on kHeld, and
  // stays the caller's otherwise; of a held event that comes again the newer receipt counts, and the older is dropped.
  Admission Offer(Arrival& arrival, int64_t applied_seq, absl::Time now) {
    const int64_t seq = arrival.event.learner_seq();
    if (seq <= applied_seq) return Admission::kDuplicate;
    return seq > applied_seq + 1 ? Hold(arrival, now) : Admission::kReady;
  }

  // Of what waited, what comes behind `applied_seq`, or was overtaken by it. To be called until there is none.
  std::optional<Arrival> TakeNext(const std::string& learner_id, int64_t applied_seq, absl::Time now) {
    if (waiting_.empty()) return std::nullopt;
    const auto found = waiting_.find(learner_id);
    if (found == waiting_.end()) return std::nullopt;
    auto& events = found->second.events;
    if (events.begin()->first > applied_seq + 1) {
      found->second.since = now;  // another gap
      return std::nullopt;
    }
    std::optional<Arrival> next = std::move(events.begin()->second);
    events.erase(events.begin());
    --held_;
    if (events.empty()) waiting_.erase(found);
    return next;
  }

  // Learners whose next event has been missing since `before` or longer.
  std::vector<Gap> GapsSince(absl::Time before) const {
    std::vector<Gap> gaps;
    for (const auto& [learner_id, waiting] : waiting_) {
      if (waiting.since <= before) gaps.push_back({learner_id, waiting.since});
    }
    return gaps;
  }

  // Takes out what a learner's events hold.
  std::vector<Arrival> Take(const std::string& learner_id) {
    std::vector<Arrival> taken;
    const auto found = waiting_.find(learner_id);
    if (found == waiting_.end()) return taken;
    for (auto& [seq, arrival] : found->second.events) taken.push_back(std::move(arrival));
    held_ -= taken.size();
    waiting_.erase(found);
    return taken;
  }

  // Drops what the learners of whom `is_gone` is true hold.
  template <class Predicate>
  void DropIf(Predicate is_gone) {
    absl::erase_if(waiting_, [&](const auto& entry) {
      if (!is_gone(entry.first)) return false;
      held_ -= entry.second.events.size();
      return true;
    });
  }

  size_t held() const { return held_; }

  // Empties it.
  std::vector<Arrival> TakeAll() {
    std::vector<Arrival> all;
    for (auto& [learner_id, waiting] : waiting_) {
      for (auto& [seq, arrival] : waiting.events) all.push_back(std::move(arrival));
    }
    waiting_.clear();
    held_ = 0;
    return all;
  }

 private:
  struct Waiting {
    absl::btree_map<int64_t, Arrival> events;  // by learner_seq
    absl::Time since;
  };

  Admission Hold(Arrival& arrival, absl::Time now) {
    Waiting& waiting = waiting_[arrival.event.learner_id()];
    if (waiting.events.empty()) waiting.since = now;
    const int64_t seq = arrival.event.learner_seq();
    if (const auto found = waiting.events.find(seq); found != waiting.events.end()) {
      found->second = std::move(arrival);
      return Admission::kHeld;
    }
    if (held_ >= limits_.held || waiting.events.size() >= limits_.held_per_learner) {
      if (waiting.events.empty()) waiting_.erase(arrival.event.learner_id());
      return Admission::kNoRoom;
    }
    waiting.events.emplace(seq, std::move(arrival));
    ++held_;
    return Admission::kHeld;
  }

  const InboxLimits limits_;
  absl::flat_hash_map<std::string, Waiting> waiting_;
  size_t held_ = 0;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_INBOX_H_
