#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_INBOX_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_INBOX_H_

#include <cstdint>
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
  kReady,      // it is the learner's next; it and those that waited for it are to be applied now
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

  // `applied_seq` is the newest place in the learner's history that was applied. On kReady the events to apply, in
  // order, are appended to `ready`. `arrival` is moved from on kReady and kHeld, and stays the caller's otherwise; of a
  // held event that comes again the newer receipt counts, and the older is dropped.
  Admission Offer(Arrival& arrival, int64_t applied_seq, absl::Time now, std::vector<Arrival>& ready) {
    const int64_t seq = arrival.event.learner_seq();
    if (seq <= applied_seq) return Admission::kDuplicate;
    if (seq > applied_seq + 1) return Hold(arrival, now);
    const std::string learner_id = arrival.event.learner_id();
    ready.push_back(std::move(arrival));
    Release(learner_id, seq, now, ready);
    return Admission::kReady;
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

  // Hands out what waited for `applied_seq`.
  void Release(const std::string& learner_id, int64_t applied_seq, absl::Time now, std::vector<Arrival>& ready) {
    const auto found = waiting_.find(learner_id);
    if (found == waiting_.end()) return;
    auto& events = found->second.events;
    while (!events.empty() && events.begin()->first <= applied_seq + 1) {
      applied_seq = events.begin()->first;
      ready.push_back(std::move(events.begin()->second));
      events.erase(events.begin());
      --held_;
    }
    if (events.empty()) {
      waiting_.erase(found);
    } else {
      found->second.since = now;  // another gap
    }
  }

  const InboxLimits limits_;
  absl::flat_hash_map<std::string, Waiting> waiting_;
  size_t held_ = 0;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_INBOX_H_
