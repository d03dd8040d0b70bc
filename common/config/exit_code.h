#ifndef EDIRAE_COMMON_CONFIG_EXIT_CODE_H_
#define EDIRAE_COMMON_CONFIG_EXIT_CODE_H_

#include "absl/status/status.h"

namespace edirae::config {

inline constexpr int kExitUsage = 64;  // EX_USAGE of sysexits.h: wrong command line or settings

// What a program returns for an outcome, as in sysexits.h: 0 for OK, 64 wrong use (INVALID_ARGUMENT), 65 damaged data
// (DATA_LOSS), 66 no such thing (NOT_FOUND), 69 something that it needs is not there or an address is taken
// (UNAVAILABLE), 75 try again (RESOURCE_EXHAUSTED, DEADLINE_EXCEEDED, ABORTED), 77 not permitted, 1 otherwise.
int ExitCode(const absl::Status& status);

// The same for the help of a program that serves.
inline constexpr char kServerExitCodes[] =
    "Exit codes: 0 stopped when asked, 64 wrong settings or content, 65 damaged data, 66 no such file,\n"
    "69 an address is taken or something needed is not there, 75 try again (disk full), 77 not permitted,\n"
    "1 cannot start for another reason, e.g. another program has the data folder. SIGTERM and SIGINT stop it.";

}  // namespace edirae::config

#endif  // EDIRAE_COMMON_CONFIG_EXIT_CODE_H_
