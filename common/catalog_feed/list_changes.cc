#include "common/catalog_feed/list_changes.h"

#include <utility>

#include "absl/container/flat_hash_map.h"

namespace edirae::catalog_feed {
namespace {

using catalog::v1::ListChange;
using catalog::v1::ListRun;

ListChange ChangeOf(const std::vector<uint64_t>& base, const std::vector<uint64_t>& next) {
  ListChange change;
  absl::flat_hash_map<uint64_t, size_t> places;
  places.reserve(base.size());
  for (size_t i = 0; i < base.size(); ++i) places.try_emplace(base[i], i);
  ListRun run;
  size_t expected = 0;  // place behind the last one that was held: most elements follow those before them
  for (const uint64_t digest : next) {
    size_t held = expected;
    if (held >= base.size() || base[held] != digest) {
      const auto found = places.find(digest);
      if (found == places.end()) {
        run.set_sent_count(run.sent_count() + 1);
        continue;
      }
      held = found->second;
    }
    const bool goes_on = run.sent_count() == 0 && run.held_count() > 0 && held == expected;
    if (!goes_on) {
      if (run.sent_count() > 0 || run.held_count() > 0) *change.add_runs() = std::exchange(run, {});
      run.set_first_held(static_cast<int>(held));
    }
    run.set_held_count(run.held_count() + 1);
    expected = held + 1;
  }
  if (run.sent_count() > 0 || run.held_count() > 0) *change.add_runs() = run;
  return change;
}

}  // namespace

std::vector<ListChange> ChangesBetween(const ElementDigests& base, const ElementDigests& next) {
  std::vector<ListChange> changes;
  for (size_t list = 0; list < next.size(); ++list) {
    if (base[list] == next[list]) continue;
    ListChange& change = changes.emplace_back(ChangeOf(base[list], next[list]));
    change.set_field_number(ContentLists()[list]->number());
  }
  return changes;
}

}  // namespace edirae::catalog_feed
