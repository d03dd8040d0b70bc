#ifndef EDIRAE_TESTS_FAULT_SYSTEM_FAULTS_SHARED_FAULTS_H_
#define EDIRAE_TESTS_FAULT_SYSTEM_FAULTS_SHARED_FAULTS_H_

#include "tests/fault/system_faults/faults.h"

namespace edirae::testing {

// Inside the preloaded library: what the test wants of this process; null before its start, and without kFaultsFile.
Faults* SharedFaults();

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_FAULT_SYSTEM_FAULTS_SHARED_FAULTS_H_
