#include "services/recommend/domain/mastery/item_memory.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "services/recommend/limits.h"

namespace edirae::recommend::mastery {
namespace {

constexpr size_t kFirstPlaces = 16;

// Keys are hashes already; the multiplication spreads those of a test or a stranger, which may be 1, 2, 3.
size_t HomeOf(ShortKey key, size_t places) { return (key * 0x9E3779B1u >> 7) & (places - 1); }

void Count(uint8_t& number, bool one_more) {
  if (one_more && number < std::numeric_limits<uint8_t>::max()) ++number;
}

}  // namespace

size_t ItemMemory::PlaceOf(ShortKey key) const {
  size_t at = HomeOf(key, places_.size());
  while (places_[at].key != key && places_[at].key != kNoKey) at = (at + 1) & (places_.size() - 1);
  return at;
}

ItemHistory ItemMemory::Find(ShortKey key) const {
  if (places_.empty()) return {};
  return places_[PlaceOf(key)];  // an empty place is an empty history
}

void ItemMemory::Record(ShortKey key, bool correct) {
  if (places_.empty()) places_.resize(kFirstPlaces);
  size_t at = PlaceOf(key);
  if (places_[at].key == kNoKey) {
    if (size_ >= limits::kMaxItemsPerLearner) {
      ForgetNear(at);
    } else if ((size_ + 1) * 4 > places_.size() * 3) {
      Grow();
    }
    at = PlaceOf(key);
    ++size_;
    places_[at].key = key;
  }
  ItemHistory& history = places_[at];
  Count(history.attempts, true);
  Count(history.correct, correct);
  history.outcomes = Append(history.outcomes, correct);
}

std::optional<ItemMemory> ItemMemory::FromPlaces(std::vector<ItemHistory> places) {
  ItemMemory memory;
  memory.size_ = static_cast<size_t>(
      std::ranges::count_if(places, [](const ItemHistory& history) { return history.key != kNoKey; }));
  if (places.empty()) return memory;
  if (places.size() < kFirstPlaces || !std::has_single_bit(places.size())) return std::nullopt;
  if (memory.size_ * 4 > places.size() * 3 || memory.size_ > limits::kMaxItemsPerLearner) return std::nullopt;
  memory.places_ = std::move(places);
  return memory;
}

// The last of a row of taken places can go without cutting another off from its home.
void ItemMemory::ForgetNear(size_t at) {
  const auto next = [this](size_t place) { return (place + 1) & (places_.size() - 1); };
  while (places_[at].key == kNoKey) at = next(at);
  while (places_[next(at)].key != kNoKey) at = next(at);
  places_[at] = {};
  --size_;
}

void ItemMemory::Grow() {
  const std::vector<ItemHistory> old = std::exchange(places_, std::vector<ItemHistory>(places_.size() * 2));
  for (const ItemHistory& history : old) {
    if (history.key != kNoKey) places_[PlaceOf(history.key)] = history;
  }
}

}  // namespace edirae::recommend::mastery
