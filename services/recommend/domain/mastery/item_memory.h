#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_ITEM_MEMORY_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_ITEM_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/recommend/domain/mastery/outcomes.h"
#include "services/recommend/domain/mastery/short_key.h"

namespace edirae::recommend::mastery {

// A learner's history with one item.
struct ItemHistory {
  ShortKey key = kNoKey;
  uint8_t attempts = 0;  // this and the next stay at the greatest number that fits
  uint8_t correct = 0;
  Outcomes outcomes = kNoOutcomes;
  uint8_t unused = 0;  // no byte is left undefined: checkpoints hold it as it lies in memory

  friend bool operator==(const ItemHistory&, const ItemHistory&) = default;
};
static_assert(sizeof(ItemHistory) == 8);

// The items that a learner answered: a hash table with linear probing. At limits::kMaxItemsPerLearner a new item takes
// the place of another, so that it never grows further. A value.
class ItemMemory {
 public:
  // An empty history when the item is not remembered.
  ItemHistory Find(ShortKey key) const;
  void Record(ShortKey key, bool correct);

  size_t size() const { return size_; }
  // The table as it lies in memory, empty places included.
  const std::vector<ItemHistory>& places() const { return places_; }
  // The memory whose table that was; nothing for what no memory can have: another number of places than a power of two
  // up to twice limits::kMaxItemsPerLearner, or too few empty ones.
  static std::optional<ItemMemory> FromPlaces(std::vector<ItemHistory> places);

  friend bool operator==(const ItemMemory&, const ItemMemory&) = default;

 private:
  size_t PlaceOf(ShortKey key) const;  // where it is, or where it would go
  void ForgetNear(size_t at);
  void Grow();

  std::vector<ItemHistory> places_;  // a power of two, or none
  size_t size_ = 0;
};

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_ITEM_MEMORY_H_
