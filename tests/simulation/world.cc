#include "tests/simulation/world.h"

#include <memory>
#include <utility>

#include "services/progress/testing/test_content.h"

namespace edirae::simulation {
namespace {

constexpr int kSteps = 140;
constexpr int kActions = 24;
// Long enough for every pause and patience of the services: a stream is looked at every 3 seconds, a gap is asked for
// after 2, and again after 5.
constexpr int kCalmRounds = 80;
constexpr int kLeastCalmRounds = 6;
constexpr absl::Duration kCalmRound = absl::Seconds(1);
constexpr absl::Duration kAllJumps = absl::Hours(4);  // more than they can come to

const progress::RetainedContent& Content() {
  static const auto* const content = new progress::RetainedContent(progress::TestIndex());
  return *content;
}

Metrics& SharedMetrics() {
  static auto* const metrics = new Metrics();
  return *metrics;
}

}  // namespace

World::World(uint64_t seed, Bug bug)
    : dice_(seed), weather_(Weather::Of(dice_)), bug_(bug), clients_(dice_, oracle_, kActions) {
  StartProgress();
  RestartRecommend();
}

const std::vector<std::string>& World::Run() {
  for (int i = 0; i < kSteps; ++i) Step();
  store_.Have(SimulatedStore::Trouble::kNone);
  checkpoints_.FailAfter(-1);
  bus_.SetFull(false);
  bus_.SetReachable(true);
  weather_ = Weather();
  time_.Jump(kAllJumps);  // somebody has set the clock: no patience lasts for hours
  int rounds = 0;
  while (rounds < kLeastCalmRounds || (rounds < kCalmRounds && !Settled())) {
    CalmStep();
    ++rounds;
  }
  oracle_.CheckEnd(store_, bus_, checkpoints_);
  fingerprint_ = dice_.Next() ^ (bus_.last_seq() << 32U) ^ static_cast<uint64_t>(*store_.LastPosition() << 16U) ^
                 static_cast<uint64_t>(rounds);
  return oracle_.findings();
}

void World::Step() {
  time_.Pass(absl::Milliseconds(dice_.Below(200)));
  if (dice_.Chance(3)) time_.Pass(absl::Seconds(dice_.Below(100)));
  Fault();
  if (!progress_.has_value()) StartProgress();
  const size_t what = dice_.Below(100);
  if (what < 25) {
    Client();
  } else if (what < 35 && progress_.has_value()) {
    progress_->Decide();
  } else if (what < 55 && progress_.has_value()) {
    progress_->Commit();
  } else if (what < 70 && progress_.has_value()) {
    progress_->Relay();
  } else if (what < 80 && progress_.has_value()) {
    progress_->Carry(1 + dice_.Below(4));
  } else if (what < 88) {
    if (bus_.reachable()) recommend_->Deliver(1 + dice_.Below(12), false);
  } else if (what < 94) {
    recommend_->Save();
    if (dice_.Chance(50)) recommend_->KeepPlaces();
  } else {
    recommend_->Heal();
    if (dice_.Chance(50)) reader_.Answer(progress_.has_value() && !store_.in_trouble());
  }
}

void World::Client() {
  if (!progress_.has_value()) return;
  for (size_t i = dice_.Below(4); i < 4; ++i) {
    if (auto record = clients_.Send()) progress_->Enqueue(*std::move(record));
  }
}

void World::Fault() {
  if (store_.in_trouble() && dice_.Chance(30)) store_.Have(SimulatedStore::Trouble::kNone);
  if (dice_.Chance(weather_.store_trouble)) {
    store_.Have(dice_.Chance(50) ? SimulatedStore::Trouble::kRefuses : SimulatedStore::Trouble::kIsMute);
  }
  if (dice_.Chance(weather_.checkpoint_fails)) checkpoints_.FailAfter(dice_.Chance(50) ? 0 : -1);
  if (dice_.Chance(weather_.kill_progress)) KillProgress();
  if (dice_.Chance(weather_.kill_recommend)) RestartRecommend();
  if (dice_.Chance(weather_.jump)) time_.Jump(absl::Minutes(static_cast<int>(dice_.Below(31)) - 15));
  if (dice_.Chance(weather_.erase)) TryErase();
  FaultOfBus();
}

void World::FaultOfBus() {
  if (!bus_.reachable()) {
    if (!dice_.Chance(30)) return;
    bus_.SetReachable(true);
    if (progress_.has_value()) progress_->Connected();
  }
  const bool rolls_back = dice_.Chance(weather_.roll_back);
  if (rolls_back || dice_.Chance(weather_.disconnect)) {
    if (progress_.has_value()) progress_->Disconnected();
    if (rolls_back) {
      bus_.RollBack(dice_.Below(bus_.last_seq() + 1));
    }
    bus_.SetReachable(dice_.Chance(30));
    if (bus_.reachable() && progress_.has_value()) progress_->Connected();
  }
  if (dice_.Chance(weather_.make_anew)) bus_.Remove();
  bus_.SetFull(dice_.Chance(weather_.fill_up * 5));
}

void World::StartProgress() {
  progress_.emplace(store_, bus_, time_, weather_, dice_, Content(), SharedMetrics(), bug_);
  if (!progress_->Open().ok()) progress_.reset();
}

void World::KillProgress() {
  if (progress_.has_value()) progress_->Disconnected();  // a part of what it sent arrives
  progress_.reset();
  clients_.Disconnect();
}

void World::RestartRecommend() {
  recommend_.reset();
  oracle_.ForgetShown();
  recommend_.emplace(
      RecommendProcess::Parts{checkpoints_, places_, bus_, time_, dice_, reader_, oracle_, known_places_},
      SharedMetrics(), bug_);
}

void World::TryErase() {
  if (!progress_.has_value() || progress_->appended() || store_.in_trouble()) return;
  const auto learner_id = clients_.Retire();
  if (!learner_id.has_value()) return;
  const auto erasure = progress_->Erase(*learner_id);
  if (!erasure.ok()) return oracle_.Find(erasure.status().ToString());
  oracle_.Erase(*learner_id);
}

void World::CalmStep() {
  time_.Pass(kCalmRound);
  if (!progress_.has_value()) StartProgress();
  while (auto record = clients_.SendAgain()) progress_->Enqueue(*std::move(record));
  do {
    progress_->Decide();
    progress_->Commit();
  } while (!progress_->idle());
  progress_->Relay();
  progress_->Carry(1000);
  progress_->Relay();
  recommend_->Deliver(1000, true);
  recommend_->Heal();
  reader_.Answer(true);
  recommend_->Heal();
  recommend_->Save();
  recommend_->KeepPlaces();
}

bool World::Settled() {
  if (!clients_.settled() || !recommend_->HasReadAll()) return false;
  const auto cursor = store_.ReadRelayCursor();
  return cursor->position == *store_.LastPosition() && store_.ReadUnfinishedErasures(1)->empty();
}

}  // namespace edirae::simulation
