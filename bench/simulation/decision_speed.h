#ifndef EDIRAE_BENCH_SIMULATION_DECISION_SPEED_H_
#define EDIRAE_BENCH_SIMULATION_DECISION_SPEED_H_

namespace edirae::simulation {

// Microseconds, of a learner who has answered every concept: most are secure, many reviews are due.
struct DecisionSpeed {
  double choose_median = 0;
  double choose_p99 = 0;
  double observe_median = 0;
  double observe_p99 = 0;
};

// `concepts` from 2.
DecisionSpeed MeasureDecisions(int concepts);

}  // namespace edirae::simulation

#endif  // EDIRAE_BENCH_SIMULATION_DECISION_SPEED_H_
