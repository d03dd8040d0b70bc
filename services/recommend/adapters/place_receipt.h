#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_PLACE_RECEIPT_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_PLACE_RECEIPT_H_

#include <cstdint>
#include <memory>
#include <utility>

#include "services/recommend/adapters/read_progress.h"
#include "services/recommend/adapters/receipt.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

// Tells a ReadProgress what became of a message that has arrived there. One that ends without a word is asked for
// again: what took its place may not be saved.
class PlaceReceipt final : public Receipt {
 public:
  // `opening` as the progress said when it arrived.
  PlaceReceipt(std::shared_ptr<ReadProgress> progress, int partition, int64_t opening, int64_t seq)
      : Receipt(partition), progress_(std::move(progress)), opening_(opening), seq_(seq) {}
  ~PlaceReceipt() override {
    if (!told_) Nak(limits::kNoRoomDelay);
  }

  void Ack() override {
    told_ = true;
    progress_->Settle(partition(), opening_, seq_);
  }
  void Nak(absl::Duration delay) override {
    told_ = true;
    progress_->Return(partition(), opening_, seq_, delay);
  }

 private:
  const std::shared_ptr<ReadProgress> progress_;
  const int64_t opening_;
  const int64_t seq_;
  bool told_ = false;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_PLACE_RECEIPT_H_
