#ifndef EDIRAE_COMMON_TESTING_SEED_H_
#define EDIRAE_COMMON_TESTING_SEED_H_

#include <cstdint>

namespace edirae::testing {

// The seed of this test program's randomness: EDIRAE_SEED from the environment, otherwise new in each process. Printed
// on stderr the first time it is asked for, so that a failure can be run again.
uint64_t Seed();

}  // namespace edirae::testing

#endif  // EDIRAE_COMMON_TESTING_SEED_H_
