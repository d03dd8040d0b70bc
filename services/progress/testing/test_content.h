#ifndef EDIRAE_SERVICES_PROGRESS_TESTING_TEST_CONTENT_H_
#define EDIRAE_SERVICES_PROGRESS_TESTING_TEST_CONTENT_H_

#include <memory>
#include <string>

#include "edirae/catalog/v1/revision_service.pb.h"
#include "edirae/progress/v1/progress_service.pb.h"
#include "services/progress/domain/content_index.h"

// A small catalog, and actions in it.
//
// Roadmap `path` has the stages `first` (concepts `vectors`, `matrices`, and `history`, which is optional) and `second`
// (concept `gradients`). Each concept has the questions `<concept>.q1` to `<concept>.q5` of a single choice, of which
// `right` is the right one and `wrong` has feedback, q1 two hints, and the card `<concept>.card`. `both.q1` is evidence
// for `vectors` and `matrices`; `several.q1`, of `gradients`, wants `a` and `c` of `a`, `b`, `c`. Of `gradients` too
// are `number.q1` (1.4 ± 0.005, and 0.6 is a known mistake), `word.q1` (`Over-fitting` or `Überanpassung`, and
// `underfitting` is a known mistake) and `steps.q1` (`a`, `b`, `c`, `d`, and `b` before `a` is a known mistake). The
// resources `book`, of the stage, and `guide`, its own, serve `vectors`. A concept is mastered with 2 different
// questions and 3 right of the newest 4. The stages end with the milestones `first-work` and `second-work`, each
// with the step `draft`, the evidence `code` and the criteria `clear` and `sound`, whose levels are `poor` (0 points),
// `good` (50, needed) and `great` (100). The roadmap leads to the career `analyst`; `vectors` has a lesson.
namespace edirae::progress {

catalog::v1::RevisionContent TestContent();
std::shared_ptr<const ContentIndex> TestIndex(int64_t revision = 1);
std::shared_ptr<const ContentIndex> IndexOf(catalog::v1::RevisionContent content, int64_t revision = 1);

v1::LearnerAction Answer(const std::string& request_id, const std::string& question_id, bool right = true);
v1::LearnerAction Review(const std::string& request_id, const std::string& card_id);
v1::LearnerAction Open(const std::string& request_id, const std::string& resource_id);
v1::LearnerAction Hint(const std::string& request_id, const std::string& question_id);
v1::LearnerAction ReviewWork(const std::string& request_id, const std::string& milestone_id, bool approved = true);
v1::LearnerAction Advance(const std::string& request_id, const std::string& stage_id);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_TESTING_TEST_CONTENT_H_
