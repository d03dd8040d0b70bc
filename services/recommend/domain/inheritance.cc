#include "services/recommend/domain/inheritance.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

constexpr int kOutcomeBits = 64;

// What was known of an item under an older concept is true of it still.
void Inherit(const SeenQuestion& older, SeenQuestion& newer) {
  newer.right = newer.right || older.right;
  newer.unaided = newer.unaided || older.unaided;
  newer.counted_ms = std::max(newer.counted_ms, older.counted_ms);
}
void Inherit(const SeenCard&, SeenCard&) {}

// One of each item, its newest time, in order of that; the newest limits::kMaxSeenItems.
template <class Seen>
void Tidy(std::vector<Seen>& items) {
  std::ranges::sort(items, [](const Seen& a, const Seen& b) { return a.last_seq > b.last_seq; });
  std::vector<Seen> kept;
  for (const Seen& item : items) {
    const auto known = std::ranges::find(kept, item.item, &Seen::item);
    if (known != kept.end()) {
      Inherit(item, *known);
    } else if (kept.size() < limits::kMaxSeenItems) {
      kept.push_back(item);
    }
  }
  std::ranges::reverse(kept);
  items = std::move(kept);
}

// The review that is due first stands for all.
Recall Earlier(const Recall& a, const Recall& b) {
  if (!a.planned() || !b.planned()) return a.planned() ? a : b;
  return a.due_ms <= b.due_ms ? a : b;
}

// `older` was active last before `newer`: its answers count as the earlier ones.
ConceptState Together(const ConceptState& older, ConceptState newer) {
  if (newer.answers < kOutcomeBits) newer.outcomes |= older.outcomes << newer.answers;
  newer.answers += older.answers;
  newer.correct += older.correct;
  newer.distinct_correct += older.distinct_correct;
  newer.distinct_unaided += older.distinct_unaided;
  newer.hints += older.hints;
  newer.recall = Earlier(older.recall, newer.recall);
  if (older.belief.answers > newer.belief.answers) newer.belief = older.belief;
  newer.evidence.insert(newer.evidence.begin(), older.evidence.begin(), older.evidence.end());
  if (newer.evidence.size() > limits::kMaxEvidence) {
    newer.evidence.erase(newer.evidence.begin(), newer.evidence.end() - limits::kMaxEvidence);
  }
  newer.questions.insert(newer.questions.end(), older.questions.begin(), older.questions.end());
  newer.cards.insert(newer.cards.end(), older.cards.begin(), older.cards.end());
  return newer;
}

// The model's state of the concept: that of the ancestor with most answers, which is the concept itself when it has as
// many.
void InheritMastery(const TaughtConcept& taught, const mastery::LearnerState& from, mastery::LearnerState& to) {
  const mastery::ConceptState* most = nullptr;
  for (const CreditedAncestor& ancestor : taught.ancestors) {
    const mastery::ConceptState* state = from.Find(mastery::ShortKeyOf(ancestor.key));
    if (state != nullptr && (most == nullptr || state->attempts >= most->attempts)) most = state;
  }
  if (most == nullptr) return;
  const mastery::ShortKey key = mastery::ShortKeyOf(taught.key);
  auto at = std::ranges::lower_bound(to.concepts, key, {}, &mastery::ConceptState::key);
  if (at == to.concepts.end() || at->key != key) at = to.concepts.insert(at, mastery::ConceptState());
  *at = *most;
  at->key = key;
}

}  // namespace

LearnerState WithInherited(const LearnerState& state, const CourseIndex& course) {
  LearnerState seen = state;
  for (const TaughtConcept& taught : course.concepts) {
    std::vector<const ConceptState*> sources;
    for (const CreditedAncestor& ancestor : taught.ancestors) {
      if (const ConceptState* source = state.Find(ancestor.key)) sources.push_back(source);
    }
    if (sources.empty()) continue;
    std::ranges::stable_sort(sources, {}, &ConceptState::last_activity_ms);
    ConceptState sum = *sources.back();
    for (size_t i = sources.size() - 1; i-- > 0;) sum = Together(*sources[i], std::move(sum));
    Tidy(sum.questions);
    Tidy(sum.cards);
    sum.key = taught.key;
    sum.mastered = HasOrInherits(taught, [&state](IdKey key) {
      const ConceptState* own = state.Find(key);
      return own != nullptr && own->mastered;
    });
    InheritMastery(taught, state.mastery, seen.mastery);
    if (ConceptState* place = seen.At(taught.key)) *place = std::move(sum);
  }
  return seen;
}

bool HasOrInherits(const TaughtConcept& taught, absl::FunctionRef<bool(IdKey)> has) {
  if (taught.ancestors.empty()) return has(taught.key);
  std::vector<char> had;  // by ancestor; the last is the concept itself
  for (const CreditedAncestor& ancestor : taught.ancestors) {
    const auto source_had = [&had](int source) { return had[static_cast<size_t>(source)] != 0; };
    had.push_back(has(ancestor.key) ||
                  (ancestor.inherits_mastery && std::ranges::all_of(ancestor.sources, source_had)));
  }
  return had.back() != 0;
}

std::vector<int> HeirsOf(const CourseIndex& course, IdKey key) {
  if (const auto taught = course.positions.find(key); taught != course.positions.end()) return {taught->second};
  const auto found = course.heirs.find(key);
  return found == course.heirs.end() ? std::vector<int>() : found->second;
}

}  // namespace edirae::recommend
