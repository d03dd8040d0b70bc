#ifndef EDIRAE_CLI_SERVE_RANDOM_SECRET_H_
#define EDIRAE_CLI_SERVE_RANDOM_SECRET_H_

#include <string>

namespace edirae::cli {

// 256 bits from the operating system's generator, as 64 hexadecimal digits.
std::string RandomSecret();

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_SERVE_RANDOM_SECRET_H_
