#include "services/progress/domain/inheritance.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

const EventRef& RefOf(const FirstCorrect& first) { return first.event; }
const EventRef& RefOf(const AnswerOutcome& outcome) { return outcome.event; }

// In order of the history; an answer that is evidence for several of the sources counts once.
template <class Item>
void SortOnce(std::vector<Item>& items) {
  std::ranges::sort(items, [](const Item& a, const Item& b) { return RefOf(a).seq < RefOf(b).seq; });
  const auto repeated =
      std::ranges::unique(items, [](const Item& a, const Item& b) { return RefOf(a).seq == RefOf(b).seq; });
  items.erase(repeated.begin(), repeated.end());
}

// Adds what is evidence of `source`. What led to its own mastery or lapse is not looked at again.
void Add(const ConceptState& source, ConceptState& sum) {
  sum.answer_count += source.answer_count;
  sum.correct_count += source.correct_count;
  sum.first_correct.insert(sum.first_correct.end(), source.first_correct.begin(), source.first_correct.end());
  std::ranges::copy_if(source.newest, std::back_inserter(sum.newest),
                       [&](const AnswerOutcome& outcome) { return outcome.event.seq > source.since(); });
}

void Tidy(ConceptState& sum) {
  std::erase_if(sum.first_correct, [&](const FirstCorrect& first) { return first.event.seq <= sum.lapsed.seq; });
  SortOnce(sum.first_correct);
  // Of one question the one without a hint stays.
  std::ranges::stable_sort(sum.first_correct, {}, &FirstCorrect::aided);
  absl::flat_hash_set<Key> questions;
  std::erase_if(sum.first_correct, [&](const FirstCorrect& first) { return !questions.insert(first.question).second; });
  SortOnce(sum.newest);
  if (sum.newest.size() > limits::kEvidenceWindow) {
    sum.newest.erase(sum.newest.begin(), sum.newest.end() - limits::kEvidenceWindow);
  }
}

// The event by which each ancestor was mastered, in their order; of an inherited one the last that it took.
std::vector<EventRef> Masteries(const std::vector<IndexedAncestor>& ancestors, const LearnerState& state) {
  std::vector<EventRef> masteries;
  masteries.reserve(ancestors.size());
  for (const IndexedAncestor& ancestor : ancestors) {
    const ConceptState* own = state.Find(ancestor.key);
    EventRef mastered = own != nullptr ? own->mastered : EventRef{};
    const int64_t lapsed = own != nullptr ? own->lapsed.seq : 0;
    const auto source_mastered = [&](int source) { return masteries[static_cast<size_t>(source)].seq != 0; };
    if (mastered.seq == 0 && ancestor.inherits_mastery && std::ranges::all_of(ancestor.sources, source_mastered)) {
      for (const int source : ancestor.sources) {
        mastered = std::max(mastered, masteries[static_cast<size_t>(source)],
                            [](const EventRef& a, const EventRef& b) { return a.seq < b.seq; });
      }
      if (mastered.seq < lapsed) mastered = {};  // what was inherited has lapsed since
    }
    masteries.push_back(mastered);
  }
  return masteries;
}

}  // namespace

CountedEvidence::CountedEvidence(const IndexedConcept& indexed, const LearnerState& state)
    : own_(state.Find(indexed.key)) {
  const bool inherits = std::ranges::any_of(indexed.ancestors, [&](const IndexedAncestor& ancestor) {
    return ancestor.key != indexed.key && state.Find(ancestor.key) != nullptr;
  });
  if (!inherits) return;
  inherited_.emplace();
  if (own_ != nullptr) inherited_->lapsed = own_->lapsed;
  for (const IndexedAncestor& ancestor : indexed.ancestors) {
    if (const ConceptState* source = state.Find(ancestor.key)) Add(*source, *inherited_);
  }
  Tidy(*inherited_);
  inherited_->mastered = Masteries(indexed.ancestors, state).back();
}

}  // namespace edirae::progress
