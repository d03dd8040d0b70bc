#include "services/recommend/domain/steps/graded_models.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace edirae::recommend::steps {
namespace {

constexpr std::array<double, kGradedModels> kRates = {0.5 * kRate, kRate, 1.7 * kRate};
constexpr double kWrongTeaches = 0.6;  // as much as a right answer does
constexpr double kHopeless = 0.35;     // chance of success below which less is learned
constexpr double kHopelessLearns = 0.67;

// A number for each strength of the grid, and 0 beyond them, in vectors of four: an extension of GCC and Clang. Nothing
// on the way of an answer goes through memory, which would take longer than the arithmetic.
using Quad = float __attribute__((vector_size(4 * sizeof(float))));
using QuadMask = int32_t __attribute__((vector_size(4 * sizeof(int32_t))));
constexpr int kQuads = 4;
static_assert(kStrengths == 4 * kQuads - 1);
using Grid = std::array<Quad, kQuads>;

float Sum(const Grid& grid) {
  const Quad sums = grid[0] + grid[1] + (grid[2] + grid[3]);
  return sums[0] + sums[1] + (sums[2] + sums[3]);
}

template <class Number>
Grid ToGrid(const std::array<Number, kStrengths>& numbers) {
  const auto at = [&](int i) { return i < kStrengths ? static_cast<float>(numbers[i]) : 0; };
  Grid grid;
  for (int i = 0; i < kQuads; ++i) grid[i] = Quad{at(4 * i), at(4 * i + 1), at(4 * i + 2), at(4 * i + 3)};
  return grid;
}

// How far on the grid an answer moves a strength: the shares of it that stay, that go one place and that go two.
using Shares = std::array<float, 3>;
constexpr double kFarthest = 1.99;  // places; none of the rates gets there

// By whether it was hopeless.
using Moves = std::array<Shares, 2>;

Moves MovesAt(double rate, bool correct) {
  Moves moves{};
  for (const bool hopeless : {false, true}) {
    const double learned = rate * (correct ? 1 : kWrongTeaches) * (hopeless ? kHopelessLearns : 1);
    const double distance = std::min(-std::log(1 - learned) / kGridStep, kFarthest);
    const auto places = static_cast<size_t>(distance);
    const double part = distance - static_cast<double>(places);
    moves[hopeless][places] = static_cast<float>(1 - part);
    moves[hopeless][places + 1] = static_cast<float>(part);
  }
  return moves;
}

// Chances of a right answer at each strength of the grid, by retention.
class ChanceTable {
 public:
  ChanceTable() {
    for (int row = 0; row <= kRows; ++row) {
      std::array<double, kStrengths> chances;
      for (int i = 0; i < kStrengths; ++i) chances[i] = ChanceOfSuccess(Strengths()[i] * row / kRows);
      rows_[row] = ToGrid(chances);
    }
  }

  // Within 1e-5, which is less than what a strength is kept to.
  Grid At(double retention) const {
    const double at = retention * kRows;
    const int row = std::clamp(static_cast<int>(at), 0, kRows - 1);
    const auto part = static_cast<float>(at - row);
    Grid chances;
    for (int i = 0; i < kQuads; ++i) chances[i] = rows_[row][i] + part * (rows_[row + 1][i] - rows_[row][i]);
    return chances;
  }

 private:
  static constexpr int kRows = 256;
  std::array<Grid, kRows + 1> rows_{};
};

// An answer as graded models see it.
struct Seen {
  Grid likelihood;                        // at each strength
  std::array<QuadMask, kQuads> hopeless;  // all bits where a right answer was hopeless, else none
};

Seen SeenAt(const Grid& chances, bool correct) {
  Seen seen;
  for (int i = 0; i < kQuads; ++i) {
    seen.likelihood[i] = correct ? chances[i] : 1 - chances[i];
    seen.hopeless[i] = chances[i] < static_cast<float>(kHopeless);
  }
  return seen;
}

Quad Chosen(QuadMask mask, float if_set, float if_not) {
  const Quad set = if_set - Quad{};
  const Quad unset = if_not - Quad{};
  return reinterpret_cast<Quad>((mask & reinterpret_cast<QuadMask>(set)) | (~mask & reinterpret_cast<QuadMask>(unset)));
}

// The weights, moved on. What passes the last strength is lost.
Grid Moved(const Grid& weights, const Seen& seen, const Moves& moves) {
  Grid moved;
  Quad one_before{};  // what the quad before sends one place on, and two
  Quad two_before{};
  for (int i = 0; i < kQuads; ++i) {
    const auto share = [&](size_t places) {
      return weights[i] * Chosen(seen.hopeless[i], moves[true][places], moves[false][places]);
    };
    const Quad one = share(1);
    const Quad two = share(2);
    moved[i] = share(0) + __builtin_shufflevector(one_before, one, 3, 4, 5, 6) +
               __builtin_shufflevector(two_before, two, 2, 3, 4, 5);
    one_before = one;
    two_before = two;
  }
  return moved;
}

// What a graded model makes of an answer.
Updated Update(const Moves& moves, const Seen& seen, std::array<uint16_t, kStrengths>& kept) {
  Grid weights = ToGrid(kept);
  const float before = Sum(weights);
  for (int i = 0; i < kQuads; ++i) weights[i] *= seen.likelihood[i];
  const float evidence = Sum(weights);
  Grid after = Moved(weights, seen, moves);
  const float scale = 1 / evidence;
  for (Quad& quad : after) quad *= scale;
  // What would pass the last strength gathers there.
  after[kQuads - 1][2] = after[kQuads - 1][3] = 0;
  after[kQuads - 1][2] = std::max(1 - Sum(after), 0.0f);
  static const Grid strengths = ToGrid(Strengths());
  Grid products;
  for (int i = 0; i < kQuads; ++i) products[i] = after[i] * strengths[i];
  for (int i = 0; i < kStrengths; ++i) {
    kept[i] = static_cast<uint16_t>(std::lrint(after[i / 4][i % 4] * static_cast<float>(kUnit)));
  }
  return {LogOf(evidence / before), Sum(products)};
}

// By whether the answer was right, and by model.
using AllMoves = std::array<std::array<Moves, kGradedModels>, 2>;

AllMoves MakeMoves() {
  AllMoves made;
  for (const bool correct : {false, true}) {
    std::ranges::transform(kRates, made[correct].begin(), [&](double rate) { return MovesAt(rate, correct); });
  }
  return made;
}

}  // namespace

const std::array<double, kStrengths>& Strengths() {
  static const std::array<double, kStrengths> strengths = [] {
    std::array<double, kStrengths> made{};
    for (int i = 0; i < kStrengths; ++i) made[i] = 1 - std::exp(-i * kGridStep);
    return made;
  }();
  return strengths;
}

std::array<Updated, kGradedModels> UpdateGraded(double retention, bool correct,
                                                std::array<std::array<uint16_t, kStrengths>, kGradedModels>& grids) {
  static const ChanceTable table;
  static const AllMoves moves = MakeMoves();
  const Seen seen = SeenAt(table.At(retention), correct);
  std::array<Updated, kGradedModels> updated;
  for (size_t i = 0; i < grids.size(); ++i) updated[i] = Update(moves[correct][i], seen, grids[i]);
  return updated;
}

}  // namespace edirae::recommend::steps
