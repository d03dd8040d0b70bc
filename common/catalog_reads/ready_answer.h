#ifndef EDIRAE_COMMON_CATALOG_READS_READY_ANSWER_H_
#define EDIRAE_COMMON_CATALOG_READS_READY_ANSWER_H_

#include "absl/base/call_once.h"
#include "common/rpc/call.h"

namespace edirae::catalog_reads {

// An answer that is made when it is first asked for, and handed out as often as it is asked for again. Thread-safe.
class ReadyAnswer {
 public:
  // `make` returns rpc::Bytes; it runs once, whoever comes first.
  template <class Make>
  const rpc::Bytes& Get(const Make& make) const {
    absl::call_once(once_, [&] { bytes_ = make(); });
    return bytes_;
  }

 private:
  mutable absl::once_flag once_;
  mutable rpc::Bytes bytes_;
};

}  // namespace edirae::catalog_reads

#endif  // EDIRAE_COMMON_CATALOG_READS_READY_ANSWER_H_
