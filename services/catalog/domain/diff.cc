#include "services/catalog/domain/diff.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace edirae::catalog {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kQuotedLength = 60;  // bytes of a text that is shown whole

// "min_level_id" -> "min level".
std::string Words(absl::string_view field) {
  return absl::StrReplaceAll(absl::StripSuffix(absl::StripSuffix(field, "_ids"), "_id"), {{"_", " "}});
}

// "MilestoneCriterion" -> "milestone criterion".
std::string Noun(const Descriptor& type) {
  std::string noun;
  for (const char c : type.name()) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !noun.empty()) noun += ' ';
    noun += absl::ascii_tolower(static_cast<unsigned char>(c));
  }
  return type.name() == "KeyedQuestion" ? "question" : noun;
}

// The field that holds the id by which things of a type are matched: its first one, when that is a text; null for a
// type without ids.
const FieldDescriptor* IdField(const Descriptor& type) {
  const FieldDescriptor* first = type.field_count() == 0 ? nullptr : type.field(0);
  const bool is_id = first != nullptr && first->cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
                     !first->is_repeated() && absl::EndsWith(first->name(), "_id");
  return is_id ? first : nullptr;
}

// The id of a thing; empty when its type has none. A keyed question is known by its question.
std::string IdOf(const Message& message) {
  if (const auto* keyed = dynamic_cast<const v1::KeyedQuestion*>(&message)) return keyed->question().question_id();
  const FieldDescriptor* field = IdField(*message.GetDescriptor());
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

bool HasId(const Descriptor& type) { return type.name() == "KeyedQuestion" || IdField(type) != nullptr; }

// Whether the id says everything, so that nobody needs to know what the thing is part of.
bool IsKnownByItself(const Descriptor& type) {
  static const auto* const names =
      new std::vector<std::string>{"Roadmap", "Concept", "Lesson", "Resource", "Flashcard", "KeyedQuestion"};
  return std::ranges::find(*names, type.name()) != names->end();
}

bool IsOutputOnly(const FieldDescriptor& field) {
  return field.name() == "question_count" || field.name() == "flashcard_count" || field.name() == "hint_count";
}

std::string Quoted(absl::string_view text) { return absl::StrCat("“", text, "”"); }

size_t CountWords(absl::string_view text) {
  return std::vector<absl::string_view>(absl::StrSplit(text, absl::ByAnyChar(" \n\t"), absl::SkipEmpty())).size();
}

std::string ValueOf(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& read = *message.GetReflection();
  const bool one = index < 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return one ? read.GetString(message, &field) : read.GetRepeatedString(message, &field, index);
    case FieldDescriptor::CPPTYPE_BOOL:
      return (one ? read.GetBool(message, &field) : read.GetRepeatedBool(message, &field, index)) ? "yes" : "no";
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(one ? read.GetInt32(message, &field) : read.GetRepeatedInt32(message, &field, index));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(one ? read.GetInt64(message, &field) : read.GetRepeatedInt64(message, &field, index));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrCat(one ? read.GetDouble(message, &field) : read.GetRepeatedDouble(message, &field, index));
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* value = one ? read.GetEnum(message, &field) : read.GetRepeatedEnum(message, &field, index);
      // Beside SOME_TYPE_UNSPECIFIED, SOME_TYPE_BEST_VALUE -> "best value".
      const absl::string_view prefix = absl::StripSuffix(field.enum_type()->value(0)->name(), "UNSPECIFIED");
      return absl::StrReplaceAll(absl::AsciiStrToLower(absl::StripPrefix(value->name(), prefix)), {{"_", " "}});
    }
    default:
      return "";
  }
}

std::string Became(const FieldDescriptor& field, const std::string& before, const std::string& after) {
  const std::string name = Words(field.name());
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) return absl::StrCat(name, ": ", before, " became ", after);
  if (before.empty())
    return absl::StrCat(name, " added", after.size() <= kQuotedLength ? absl::StrCat(": ", Quoted(after)) : "");
  if (after.empty()) return absl::StrCat(name, " removed");
  if (before.size() <= kQuotedLength && after.size() <= kQuotedLength) {
    return absl::StrCat(name, ": ", Quoted(before), " became ", Quoted(after));
  }
  return absl::StrCat(name, " reworded (", CountWords(before), " words, now ", CountWords(after), ")");
}

// What a reader recognises a thing by, beside its id.
std::string TitleOf(const Message& message) {
  if (const auto* keyed = dynamic_cast<const v1::KeyedQuestion*>(&message)) return TitleOf(keyed->question());
  for (const char* name : {"title", "question", "prompt", "front", "belief", "text"}) {
    const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_STRING || field->is_repeated()) continue;
    std::string title = message.GetReflection()->GetString(message, field);
    if (title.size() <= kQuotedLength) return title;
    title.resize(title.find_last_of(' ', kQuotedLength) == std::string::npos ? kQuotedLength
                                                                             : title.find_last_of(' ', kQuotedLength));
    return title + " …";
  }
  return "";
}

// Walks two messages of one type side by side.
class Differ {
 public:
  void Compare(const Message& before, const Message& after, const std::string& where) {
    const Descriptor& type = *before.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (IsOutputOnly(field)) continue;
      if (field.is_repeated()) {
        CompareLists(before, after, field, where);
      } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        ComparePart(before, after, field, where);
      } else {
        const std::string old_value = ValueOf(before, field, -1), new_value = ValueOf(after, field, -1);
        if (old_value != new_value) Add(Change::Kind::kChanged, where, Became(field, old_value, new_value));
      }
    }
  }

  // What left one list and came into another has moved.
  std::vector<Change> Finish() {
    std::vector<Change> found = std::move(changes_);
    for (size_t i = 0; i < found.size(); ++i) {
      if (found[i].kind != Change::Kind::kAdded) continue;
      const auto gone = gone_.find(things_[i].key);
      if (gone == gone_.end()) continue;
      const size_t removed = gone->second;
      found[i].kind = Change::Kind::kMoved;
      found[i].what = absl::StrCat("from ", things_[removed].parent, " to ", things_[i].parent);
      dropped_.push_back(removed);
      Differ inside;
      inside.Compare(*things_[removed].message, *things_[i].message, found[i].where);
      moved_changes_.push_back({i, inside.Finish()});
    }
    return Assemble(std::move(found));
  }

 private:
  // The thing behind changes_[i], when it was added or removed.
  struct Thing {
    const Message* message = nullptr;
    std::string key;     // type and id
    std::string parent;  // what it was or is part of
  };

  void Add(Change::Kind kind, std::string where, std::string what) {
    Add(kind, std::move(where), std::move(what), Thing());
  }

  void Add(Change::Kind kind, std::string where, std::string what, Thing thing) {
    if (kind == Change::Kind::kRemoved && !thing.key.empty()) gone_[thing.key] = changes_.size();
    changes_.push_back({kind, std::move(where), std::move(what)});
    things_.push_back(std::move(thing));
  }

  static std::string Inside(const std::string& where, const Message& part) {
    const std::string name = absl::StrCat(Noun(*part.GetDescriptor()), " ", IdOf(part));
    return where.empty() || IsKnownByItself(*part.GetDescriptor()) ? name : absl::StrCat(where, ", ", name);
  }

  void ComparePart(const Message& before, const Message& after, const FieldDescriptor& field,
                   const std::string& where) {
    const Message& old_part = before.GetReflection()->GetMessage(before, &field);
    const Message& new_part = after.GetReflection()->GetMessage(after, &field);
    const bool had = before.GetReflection()->HasField(before, &field),
               has = after.GetReflection()->HasField(after, &field);
    if (had != has) {
      Add(Change::Kind::kChanged, where, absl::StrCat(Words(field.name()), has ? " added" : " removed"));
    } else if (has) {
      const bool named = HasId(*field.message_type()) && IdOf(old_part) == IdOf(new_part) && field.name() != "question";
      Compare(old_part, new_part, named ? Inside(where, new_part) : where);
    }
  }

  void CompareLists(const Message& before, const Message& after, const FieldDescriptor& field,
                    const std::string& where) {
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return CompareValues(before, after, field, where);
    if (HasId(*field.message_type())) return CompareThings(before, after, field, where);
    const Reflection& read = *before.GetReflection();
    bool same = read.FieldSize(before, &field) == read.FieldSize(after, &field);
    for (int i = 0; same && i < read.FieldSize(before, &field); ++i) {
      same = read.GetRepeatedMessage(before, &field, i).SerializeAsString() ==
             read.GetRepeatedMessage(after, &field, i).SerializeAsString();
    }
    if (!same) Add(Change::Kind::kChanged, where, absl::StrCat(Words(field.name()), " changed"));
  }

  void CompareValues(const Message& before, const Message& after, const FieldDescriptor& field,
                     const std::string& where) {
    std::vector<std::string> old_values, new_values;
    for (int i = 0; i < before.GetReflection()->FieldSize(before, &field); ++i) {
      old_values.push_back(ValueOf(before, field, i));
    }
    for (int i = 0; i < after.GetReflection()->FieldSize(after, &field); ++i) {
      new_values.push_back(ValueOf(after, field, i));
    }
    if (old_values == new_values) return;
    const size_t said = changes_.size();
    const std::string name(absl::StripSuffix(Words(field.name()), "s"));
    for (const std::string& value : Without(new_values, old_values)) {
      Add(Change::Kind::kChanged, where, absl::StrCat(name, " ", Quoted(value), " added"));
    }
    for (const std::string& value : Without(old_values, new_values)) {
      Add(Change::Kind::kChanged, where, absl::StrCat(name, " ", Quoted(value), " removed"));
    }
    if (changes_.size() == said) Add(Change::Kind::kChanged, where, absl::StrCat("order of ", name, "s changed"));
  }

  static std::vector<std::string> Without(std::vector<std::string> all, std::vector<std::string> some) {
    std::ranges::sort(all);
    std::ranges::sort(some);
    std::vector<std::string> rest;
    std::ranges::set_difference(all, some, std::back_inserter(rest));
    return rest;
  }

  void CompareThings(const Message& before, const Message& after, const FieldDescriptor& field,
                     const std::string& where) {
    const Reflection& read = *before.GetReflection();
    const std::string parent = where.empty() ? "the catalog" : where;
    absl::flat_hash_map<std::string, int> old_places;
    for (int i = 0; i < read.FieldSize(before, &field); ++i) {
      old_places.emplace(IdOf(read.GetRepeatedMessage(before, &field, i)), i);
    }
    int newest_old_place = -1;
    bool reordered = false;
    for (int i = 0; i < read.FieldSize(after, &field); ++i) {
      const Message& thing = read.GetRepeatedMessage(after, &field, i);
      const std::string inside = Inside(where, thing);
      const auto old_place = old_places.find(IdOf(thing));
      if (old_place == old_places.end()) {
        Add(Change::Kind::kAdded, inside, TitleOf(thing), {&thing, KeyOf(thing), parent});
        continue;
      }
      reordered = reordered || old_place->second < newest_old_place;
      newest_old_place = std::max(newest_old_place, old_place->second);
      Compare(read.GetRepeatedMessage(before, &field, old_place->second), thing, inside);
      old_places.erase(old_place);
    }
    if (reordered) Add(Change::Kind::kChanged, where, absl::StrCat("order of ", Words(field.name()), " changed"));
    for (int i = 0; i < read.FieldSize(before, &field); ++i) {
      const Message& thing = read.GetRepeatedMessage(before, &field, i);
      if (!old_places.contains(IdOf(thing))) continue;
      Add(Change::Kind::kRemoved, Inside(where, thing), TitleOf(thing), {&thing, KeyOf(thing), parent});
    }
  }

  // Only what is unique in the catalog can be recognised elsewhere.
  static std::string KeyOf(const Message& thing) {
    return IsKnownByItself(*thing.GetDescriptor()) ? absl::StrCat(thing.GetDescriptor()->name(), " ", IdOf(thing)) : "";
  }

  std::vector<Change> Assemble(std::vector<Change> found) {
    std::ranges::sort(dropped_);
    std::vector<Change> all;
    auto moved = moved_changes_.begin();
    for (size_t i = 0; i < found.size(); ++i) {
      if (!std::ranges::binary_search(dropped_, i)) all.push_back(std::move(found[i]));
      if (moved == moved_changes_.end() || moved->first != i) continue;
      std::move(moved->second.begin(), moved->second.end(), std::back_inserter(all));
      ++moved;
    }
    return all;
  }

  std::vector<Change> changes_;
  std::vector<Thing> things_;                      // one a change
  absl::flat_hash_map<std::string, size_t> gone_;  // index of the removal, by key
  std::vector<size_t> dropped_;                    // removals that were moves
  std::vector<std::pair<size_t, std::vector<Change>>> moved_changes_;
};

}  // namespace

std::vector<Change> Diff(const v1::RevisionContent& before, const v1::RevisionContent& after) {
  Differ differ;
  differ.Compare(before, after, "");
  return differ.Finish();
}

std::string ToString(const Change& change) {
  const auto line = [&](absl::string_view sign) {
    return absl::StrCat(sign, " ", change.where.empty() ? "the catalog" : change.where, change.what.empty() ? "" : ": ",
                        change.what);
  };
  switch (change.kind) {
    case Change::Kind::kAdded:
      return line("+");
    case Change::Kind::kRemoved:
      return line("-");
    case Change::Kind::kMoved:
      return line(">");
    case Change::Kind::kChanged:
      return line("~");
  }
  return "";
}

}  // namespace edirae::catalog
