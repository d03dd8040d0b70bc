#ifndef EDIRAE_COMMON_TESTING_FREE_PORT_H_
#define EDIRAE_COMMON_TESTING_FREE_PORT_H_

namespace edirae::testing {

// A loopback port below 32768 that is free now (process::FreeLoopbackPort); aborts the program when there is none.
int FreePort();

}  // namespace edirae::testing

#endif  // EDIRAE_COMMON_TESTING_FREE_PORT_H_
