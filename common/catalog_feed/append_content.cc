#include "common/catalog_feed/append_content.h"

#include <utility>

namespace edirae::catalog_feed {
namespace {

// Moves the elements of `from` behind those of `to`.
template <class Message>
void MoveAll(google::protobuf::RepeatedPtrField<Message>& from, google::protobuf::RepeatedPtrField<Message>& to) {
  to.Reserve(to.size() + from.size());
  for (Message& message : from) *to.Add() = std::move(message);
}

}  // namespace

void AppendContent(catalog::v1::RevisionContent& piece, catalog::v1::RevisionContent& content) {
  MoveAll(*piece.mutable_roadmaps(), *content.mutable_roadmaps());
  MoveAll(*piece.mutable_questions(), *content.mutable_questions());
  MoveAll(*piece.mutable_flashcards(), *content.mutable_flashcards());
  MoveAll(*piece.mutable_lessons(), *content.mutable_lessons());
  MoveAll(*piece.mutable_resources(), *content.mutable_resources());
  MoveAll(*piece.mutable_migrations(), *content.mutable_migrations());
}

}  // namespace edirae::catalog_feed
