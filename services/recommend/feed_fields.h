#ifndef EDIRAE_SERVICES_RECOMMEND_FEED_FIELDS_H_
#define EDIRAE_SERVICES_RECOMMEND_FEED_FIELDS_H_

#include "common/catalog_feed/dropped_fields.h"

namespace edirae::recommend {

// What a suggestion is never made of: the texts of lessons, questions, cards and resources, and every answer key. They
// are nine tenths of a catalog. Of choices the number stays, by which guessing is judged.
inline catalog_feed::DroppedFields FieldsNeverRead() {
  return {"lessons",          "questions.question.prompt", "questions.question.choices.text",
          "questions.key",    "flashcards.front",          "flashcards.back",
          "resources.summary"};
}

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_FEED_FIELDS_H_
