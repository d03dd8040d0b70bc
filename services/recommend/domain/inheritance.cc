#include "services/recommend/domain/inheritance.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

constexpr int kOutcomeBits = 64;

// One of each item, its newest time, in order of that; the newest limits::kMaxSeenItems.
void Tidy(std::vector<SeenItem>& items) {
  std::ranges::sort(items, [](const SeenItem& a, const SeenItem& b) { return a.last_seq > b.last_seq; });
  std::vector<SeenItem> kept;
  for (const SeenItem& item : items) {
    const auto known = std::ranges::find(kept, item.item, &SeenItem::item);
    if (known != kept.end()) {
      known->succeeded = known->succeeded || item.succeeded;
    } else if (kept.size() < limits::kMaxSeenItems) {
      kept.push_back(item);
    }
  }
  std::ranges::reverse(kept);
  items = std::move(kept);
}

// The review that is due first stands for all.
Memory Earlier(const Memory& a, const Memory& b) {
  if (!a.planned() || !b.planned()) return a.planned() ? a : b;
  return a.due_ms <= b.due_ms ? a : b;
}

// `older` was active last before `newer`: its answers count as the earlier ones.
ConceptState Together(const ConceptState& older, ConceptState newer) {
  if (newer.answers < kOutcomeBits) newer.outcomes |= older.outcomes << newer.answers;
  newer.answers += older.answers;
  newer.correct += older.correct;
  newer.distinct_correct += older.distinct_correct;
  newer.memory = Earlier(older.memory, newer.memory);
  newer.questions.insert(newer.questions.end(), older.questions.begin(), older.questions.end());
  newer.cards.insert(newer.cards.end(), older.cards.begin(), older.cards.end());
  return newer;
}

bool IsMastered(const std::vector<CreditedAncestor>& ancestors, const LearnerState& state) {
  std::vector<char> mastered;
  for (const CreditedAncestor& ancestor : ancestors) {
    const ConceptState* own = state.Find(ancestor.key);
    const auto is_mastered = [&](int source) { return mastered[static_cast<size_t>(source)] != 0; };
    mastered.push_back((own != nullptr && own->mastered) ||
                       (ancestor.inherits_mastery && std::ranges::all_of(ancestor.sources, is_mastered)));
  }
  return mastered.back() != 0;
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
    sum.mastered = IsMastered(taught.ancestors, state);
    seen.At(taught.key) = std::move(sum);
  }
  return seen;
}

}  // namespace edirae::recommend
