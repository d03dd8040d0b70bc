#ifndef EDIRAE_TESTS_SIMULATION_DICE_H_
#define EDIRAE_TESTS_SIMULATION_DICE_H_

#include <cstdint>
#include <utility>
#include <vector>

namespace edirae::simulation {

// All the randomness of a simulation: the same seed throws the same numbers on every machine, unlike the standard
// library's distributions. SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111eb;
    return z ^ (z >> 31U);
  }
  // 0 to n - 1; n is at least 1.
  size_t Below(size_t n) { return static_cast<size_t>(Next() % n); }
  bool Chance(int percent) { return Below(100) < static_cast<size_t>(percent); }

  template <class T>
  void Shuffle(std::vector<T>& all) {
    for (size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[Below(i)]);
  }

 private:
  uint64_t state_;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_DICE_H_
