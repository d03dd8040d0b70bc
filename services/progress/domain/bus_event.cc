#include "services/progress/domain/bus_event.h"

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/ids/ids.h"
#include "edirae/identity/v1/personal.pb.h"

namespace edirae::progress {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsPersonal(const FieldDescriptor& field) { return field.options().GetExtension(identity::v1::personal); }

// Of each type of message that can have personal content, the fields that are it or can have it.
class PersonalFields {
 public:
  explicit PersonalFields(const Descriptor& root) { Find(root); }

  void ClearIn(Message& message) const {
    const auto found = fields_.find(message.GetDescriptor());
    if (found == fields_.end()) return;
    const auto& reflection = *message.GetReflection();
    for (const FieldDescriptor* field : found->second) {
      if (IsPersonal(*field)) {
        reflection.ClearField(&message, field);
      } else if (field->is_repeated()) {
        for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
          ClearIn(*reflection.MutableRepeatedMessage(&message, field, i));
        }
      } else if (reflection.HasField(message, field)) {
        ClearIn(*reflection.MutableMessage(&message, field));
      }
    }
  }

 private:
  // Whether messages of the type can have personal content. No type of an event contains itself.
  bool Find(const Descriptor& type) {
    std::vector<const FieldDescriptor*> fields;
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (IsPersonal(field) || (field.message_type() != nullptr && Find(*field.message_type()))) {
        fields.push_back(&field);
      }
    }
    if (fields.empty()) return false;
    fields_[&type] = std::move(fields);
    return true;
  }

  absl::flat_hash_map<const Descriptor*, std::vector<const FieldDescriptor*>> fields_;
};

}  // namespace

void MakePseudonymous(events::v1::LearnerEvent& event, absl::string_view pseudonym) {
  static const auto& personal = *new PersonalFields(*events::v1::LearnerEvent::descriptor());
  personal.ClearIn(event);
  event.set_learner_id(std::string(pseudonym));
  event.set_partition(PartitionOf(pseudonym));
}

}  // namespace edirae::progress
