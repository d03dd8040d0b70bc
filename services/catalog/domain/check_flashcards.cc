#include "services/catalog/domain/item_ids.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {

void CheckFlashcards(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check) {
  UniqueIds ids(check, "flashcard", "in the catalog");
  for (int i = 0; i < content.flashcards_size(); ++i) {
    const v1::Flashcard& card = content.flashcards(i);
    const Path path = Path().Field("flashcards", i);
    ids.See(path.Field("card_id"), card.card_id());
    CheckItemId(path.Field("card_id"), card.card_id(), card.concept_id(), check);
    curriculum.CheckTaught(path.Field("concept_id"), card.concept_id(), check);
    check.Markdown(path.Field("front"), "the front", card.front(), limits::kMaxChoiceLength);
    check.Markdown(path.Field("back"), "the back", card.back(), limits::kMaxChoiceLength);
  }
}

}  // namespace edirae::catalog
