#include "services/recommend/domain/review_ladder.h"

#include <algorithm>

#include "services/recommend/domain/durations.h"

namespace edirae::recommend {
namespace {

bool IsNearlyDue(int64_t at_ms, const Memory& memory) {
  return memory.planned() && at_ms >= memory.due_ms - LadderMs(memory.step) / 10;
}

}  // namespace

int64_t LadderMs(int step) { return kLadderDays[step] * kDayMs; }

void RecordSuccess(int64_t at_ms, Memory& memory) {
  if (IsNearlyDue(at_ms, memory)) memory.step = std::min(memory.step + 1, kLadderSteps - 1);
  RecordEffort(at_ms, memory);
}

void RecordEffort(int64_t at_ms, Memory& memory) {
  memory.last_success_ms = at_ms;
  memory.due_ms = at_ms + LadderMs(memory.step);
}

void RecordFailure(int64_t at_ms, Memory& memory) {
  memory.step = 0;
  memory.due_ms = at_ms + LadderMs(0);
}

}  // namespace edirae::recommend
