#ifndef EDIRAE_TESTS_SIMULATION_WEATHER_H_
#define EDIRAE_TESTS_SIMULATION_WEATHER_H_

#include "tests/simulation/dice.h"

namespace edirae::simulation {

// How likely each fault is, in percent: of every message, or of every step. Each seed has its own, and leaves some of
// them out: what only shows without another fault is found too.
struct Weather {
  int lose_message = 0;  // on its way to the stream, or refused by it
  int lose_answer = 0;   // of the stream to the relay
  int disconnect = 0;
  int roll_back = 0;       // the bus loses what it had not synced
  int make_anew = 0;       // the stream is removed
  int fill_up = 0;         // the stream takes nothing for a while
  int store_trouble = 0;   // the ledger refuses, or does not say that it has recorded
  int kill_progress = 0;   // with everything that it had in memory
  int kill_recommend = 0;  // the same
  int checkpoint_fails = 0;
  int jump = 0;   // the wall clock, forwards or back
  int erase = 0;  // a learner

  static Weather Of(Dice& dice) {
    Weather weather;
    const auto some = [&](int& percent, int most) {
      if (dice.Chance(60)) percent = 1 + static_cast<int>(dice.Below(static_cast<size_t>(most)));
    };
    some(weather.lose_message, 10);
    some(weather.lose_answer, 10);
    some(weather.disconnect, 3);
    some(weather.roll_back, 3);
    some(weather.make_anew, 1);
    some(weather.fill_up, 2);
    some(weather.store_trouble, 5);
    some(weather.kill_progress, 3);
    some(weather.kill_recommend, 3);
    some(weather.checkpoint_fails, 5);
    some(weather.jump, 2);
    some(weather.erase, 1);
    return weather;
  }
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_WEATHER_H_
