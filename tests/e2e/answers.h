#ifndef EDIRAE_TESTS_E2E_ANSWERS_H_
#define EDIRAE_TESTS_E2E_ANSWERS_H_

#include "cli/demo/answer_sheet.h"
#include "common/rpc/channel.h"
#include "tests/platform/platform.h"

namespace edirae::testing {

// The right answers of all questions, asked of the catalog with the service credential.
inline absl::StatusOr<cli::AnswerSheet> AnswersOf(const Platform& platform) {
  return cli::AnswerSheet::Fetch(rpc::NewClientChannel(platform.catalog().address()), platform.service_token());
}

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_E2E_ANSWERS_H_
