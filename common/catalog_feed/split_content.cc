#include "common/catalog_feed/split_content.h"

namespace edirae::catalog_feed {
namespace {

using catalog::v1::RevisionContent;

constexpr size_t kBytesAroundItem = 16;  // tag and length, of the item and of the messages around it

// Hands out content in pieces, one item after the other.
class Splitter {
 public:
  Splitter(size_t max_bytes, absl::FunctionRef<void(RevisionContent&)> on_piece)
      : max_bytes_(max_bytes), on_piece_(on_piece) {}

  template <class Item>
  void Add(const Item& item, google::protobuf::RepeatedPtrField<Item>* (RevisionContent::*list)()) {
    const size_t bytes = item.ByteSizeLong() + kBytesAroundItem;
    if (bytes_ + bytes > max_bytes_) Flush();
    *(piece_.*list)()->Add() = item;
    bytes_ += bytes;
  }

  void Flush() {
    if (bytes_ > 0) on_piece_(piece_);
    piece_.Clear();
    bytes_ = 0;
  }

 private:
  const size_t max_bytes_;
  const absl::FunctionRef<void(RevisionContent&)> on_piece_;
  RevisionContent piece_;
  size_t bytes_ = 0;
};

}  // namespace

void SplitContent(const RevisionContent& content, size_t max_bytes,
                  absl::FunctionRef<void(RevisionContent&)> on_piece) {
  Splitter splitter(max_bytes, on_piece);
  for (const auto& roadmap : content.roadmaps()) splitter.Add(roadmap, &RevisionContent::mutable_roadmaps);
  for (const auto& question : content.questions()) splitter.Add(question, &RevisionContent::mutable_questions);
  for (const auto& card : content.flashcards()) splitter.Add(card, &RevisionContent::mutable_flashcards);
  for (const auto& lesson : content.lessons()) splitter.Add(lesson, &RevisionContent::mutable_lessons);
  for (const auto& resource : content.resources()) splitter.Add(resource, &RevisionContent::mutable_resources);
  for (const auto& migration : content.migrations()) splitter.Add(migration, &RevisionContent::mutable_migrations);
  splitter.Flush();
}

}  // namespace edirae::catalog_feed
