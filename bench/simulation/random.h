#ifndef EDIRAE_BENCH_SIMULATION_RANDOM_H_
#define EDIRAE_BENCH_SIMULATION_RANDOM_H_

#include <cmath>
#include <cstdint>
#include <random>

namespace edirae::simulation {

// Random numbers that are the same for the same seed with every compiler, which the standard distributions are not.
class Random {
 public:
  explicit Random(uint64_t seed) : bits_(seed) {}

  double Uniform() { return static_cast<double>(bits_() >> 11) * 0x1p-53; }  // from 0, below 1
  int Below(int count) { return static_cast<int>(Uniform() * count); }
  bool Chance(double probability) { return Uniform() < probability; }
  // Box and Muller's method.
  double Normal(double mean, double deviation) {
    const double radius = std::sqrt(-2 * std::log(1 - Uniform()));
    return mean + deviation * radius * std::cos(6.283185307179586 * Uniform());
  }

 private:
  std::mt19937_64 bits_;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_BENCH_SIMULATION_RANDOM_H_
