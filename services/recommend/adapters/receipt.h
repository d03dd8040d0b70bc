#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_RECEIPT_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_RECEIPT_H_

#include <memory>

#include "absl/time/time.h"
#include "services/recommend/domain/inbox.h"

namespace edirae::recommend {

// Tells who reads the stream what became of a message. Without a word it comes again. For one thread at a time.
class Receipt {
 public:
  explicit Receipt(int partition = 0) : partition_(partition) {}
  virtual ~Receipt() = default;

  // Of the event.
  int partition() const { return partition_; }

  virtual void Ack() = 0;                      // done, never again
  virtual void Nak(absl::Duration delay) = 0;  // again after `delay`

 private:
  const int partition_;
};

// Null for events that did not come from the bus.
using EventInbox = Inbox<std::unique_ptr<Receipt>>;
using Arrival = EventInbox::Arrival;

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_RECEIPT_H_
