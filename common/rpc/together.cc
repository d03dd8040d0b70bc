#include "common/rpc/together.h"

#include <algorithm>
#include <utility>

namespace edirae::rpc {
namespace {

thread_local bool gathering = false;
thread_local std::vector<std::shared_ptr<Corked>> corked;

}  // namespace

Together::Together() : outermost_(!std::exchange(gathering, true)) {}

Together::~Together() {
  if (!outermost_) return;
  gathering = false;
  for (const auto& stream : std::exchange(corked, {})) stream->Uncork();
}

bool Together::Gathers(const std::shared_ptr<Corked>& stream) {
  if (!gathering) return false;
  if (std::ranges::find(corked, stream) == corked.end()) corked.push_back(stream);
  return true;
}

}  // namespace edirae::rpc
