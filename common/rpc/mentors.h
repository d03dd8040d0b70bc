#ifndef EDIRAE_COMMON_RPC_MENTORS_H_
#define EDIRAE_COMMON_RPC_MENTORS_H_

#include "absl/status/status.h"
#include "edirae/identity/v1/principal.pb.h"

namespace edirae::rpc {

// OK when `principal` may review the work of others: a mentor or a service. PERMISSION_DENIED with reason MENTORS_ONLY
// otherwise.
absl::Status CheckMayMentor(const identity::v1::Principal& principal);

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_MENTORS_H_
