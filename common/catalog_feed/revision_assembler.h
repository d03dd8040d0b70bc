#ifndef EDIRAE_COMMON_CATALOG_FEED_REVISION_ASSEMBLER_H_
#define EDIRAE_COMMON_CATALOG_FEED_REVISION_ASSEMBLER_H_

#include <xxhash.h>

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/catalog_feed/assembled_revision.h"
#include "common/catalog_feed/catalog_feed.h"
#include "common/catalog_feed/dropped_fields.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog_feed {

using Assembled = std::shared_ptr<const AssembledRevision>;

// Puts the parts of one stream together again: whole revisions, and changes of the one that is held. Not thread-safe.
class RevisionAssembler {
 public:
  // `held` is the newest revision that is held, null for none; it was assembled with the same `dropped`, which must
  // outlive the assembler.
  RevisionAssembler(Assembled held, const DroppedFields& dropped) : held_(std::move(held)), dropped_(dropped) {}

  // The revision that `part` completes, a serialized `WatchRevisionsResponse`; null when none is complete yet.
  // DATA_LOSS for a part out of order, a revision that is the one held, is too large, or whose digest does not fit:
  // nothing more of the stream can be trusted. FAILED_PRECONDITION for a change that does not fit what is held: the
  // whole has to be asked for. A number that is not newer is none of these: the catalog's data may have been lost.
  absl::StatusOr<Assembled> Take(absl::string_view part);

  // What is held now: the newest revision taken, or else what was given.
  const Assembled& held() const { return held_; }

 private:
  struct FreeState {
    void operator()(XXH64_state_t* state) const { XXH64_freeState(state); }
  };

  // A revision under way.
  struct Open {
    catalog::v1::RevisionBegin begin;
    SharedLists sent;  // as ContentLists()
    size_t bytes = 0;
    std::unique_ptr<XXH64_state_t, FreeState> digest;  // of everything that was sent
  };

  absl::StatusOr<Assembled> TakeMessage(absl::string_view part);
  absl::Status Begin(const catalog::v1::RevisionBegin& begin);
  absl::Status Append(absl::string_view content);
  absl::StatusOr<SharedElement> Parse(size_t list, absl::string_view element);
  absl::StatusOr<Assembled> End(const catalog::v1::RevisionEnd& end);
  absl::Status CheckWhole(const catalog::v1::RevisionEnd& end) const;
  // The lists of the base with the changes; takes what was sent.
  absl::StatusOr<SharedLists> Apply(const catalog::v1::RevisionEnd& end);

  Assembled held_;
  const DroppedFields& dropped_;
  std::unique_ptr<Open> open_;
  std::string cut_;  // scratch
};

}  // namespace edirae::catalog_feed

#endif  // EDIRAE_COMMON_CATALOG_FEED_REVISION_ASSEMBLER_H_
