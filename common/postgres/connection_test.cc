#include "common/postgres/connection.h"

#include <limits>

#include "common/testing/postgres_fixture.h"

namespace edirae::postgres {
namespace {

using edirae::testing::StatusIs;
using ::testing::HasSubstr;

class ConnectionTest : public edirae::testing::PostgresFixture {
 protected:
  void SetUp() override {
    PostgresFixture::SetUp();
    ASSERT_OK_AND_ASSIGN(connection_, Connection::Open({url(), "test"}));
  }
  Connection& connection() { return *connection_; }

  absl::Status Raise(const std::string& sql_state) {
    return connection().Run("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '" + sql_state + "'; END $$");
  }

 private:
  std::unique_ptr<Connection> connection_;
};

TEST_F(ConnectionTest, BringsEveryBitThereAndBack) {
  static constexpr Statement kEcho = {"echo",
                                      "SELECT $1, $2, numbers, bytes FROM unnest($3, $4) AS t (numbers, bytes)"};
  const std::string binary("\0\xff'\\\n", 5);
  Array numbers(Type::kInt8, 3), bytes(Type::kBytea, 3);
  for (const int64_t number : {std::numeric_limits<int64_t>::min(), int64_t{-1}}) numbers.Add(number);
  numbers.AddNull();
  bytes.Add(binary);
  bytes.Add("");
  bytes.AddNull();
  const Params params =
      Params().Add(std::numeric_limits<int64_t>::max()).Add("it's").Add(std::move(numbers)).Add(std::move(bytes));
  for (int i = 0; i < 2; ++i) {  // the second time it is prepared
    ASSERT_OK_AND_ASSIGN(const Rows rows, connection().Execute(kEcho, params));
    ASSERT_EQ(rows.count(), 3);
    EXPECT_EQ(rows.Int(0, 0), std::numeric_limits<int64_t>::max());
    EXPECT_EQ(rows.Bytes(0, 1), "it's");
    EXPECT_EQ(rows.Int(0, 2), std::numeric_limits<int64_t>::min());
    EXPECT_EQ(rows.Int(1, 2), -1);
    EXPECT_EQ(rows.Bytes(0, 3), binary);
    EXPECT_FALSE(rows.IsNull(1, 3));
    EXPECT_TRUE(rows.IsNull(2, 2) && rows.IsNull(2, 3));
  }
}

TEST_F(ConnectionTest, TakesAnEmptyArray) {
  static constexpr Statement kCount = {"count", "SELECT count(*) FROM unnest($1)"};
  ASSERT_OK_AND_ASSIGN(const Rows rows, connection().Execute(kCount, Params().Add(Array(Type::kText, 0))));
  EXPECT_EQ(rows.Int(0, 0), 0);
}

TEST_F(ConnectionTest, TellsFailuresApart) {
  EXPECT_THAT(Raise("23505"), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Raise("23514"), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Raise("40P01"), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Raise("53100"), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("53100")));
  EXPECT_THAT(Raise("53300"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Raise("XX001"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Raise("57014"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Raise("42883"), StatusIs(absl::StatusCode::kInternal));
  EXPECT_TRUE(connection().usable());
  EXPECT_THAT(Raise("25006"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_FALSE(connection().usable()) << "another server may take writes";
}

TEST_F(ConnectionTest, CommitsAllOrNothing) {
  ASSERT_OK(connection().Run("CREATE TABLE shelf (book text)"));
  EXPECT_THAT(connection().Transact([&]() -> absl::Status {
    EXPECT_OK(connection().Run("INSERT INTO shelf VALUES ('Emma')"));
    return connection().Run("INSERT INTO nothing VALUES (1)");
  }),
              StatusIs(absl::StatusCode::kInternal));
  EXPECT_OK(connection().Transact([&] { return connection().Run("INSERT INTO shelf VALUES ('Ulysses')"); }));
  EXPECT_EQ(Query("SELECT * FROM shelf"), "Ulysses\n");
}

TEST_F(ConnectionTest, CommitsAreDurableWhateverTheDatabaseSays) {
  Query("ALTER DATABASE test SET synchronous_commit = off");
  static constexpr Statement kShow = {"show", "SELECT current_setting('synchronous_commit')"};
  ASSERT_OK_AND_ASSIGN(const auto lax, Connection::Open({url(), "test"}));
  EXPECT_EQ(lax->Execute(kShow)->Bytes(0, 0), "on");
  Query("ALTER DATABASE test SET synchronous_commit = remote_apply");
  ASSERT_OK_AND_ASSIGN(const auto strict, Connection::Open({url(), "test"}));
  EXPECT_EQ(strict->Execute(kShow)->Bytes(0, 0), "remote_apply");
}

TEST_F(ConnectionTest, DoesNotWaitLongForALock) {
  ASSERT_OK(connection().Run("CREATE TABLE shelf (book text)"));
  ASSERT_OK_AND_ASSIGN(const auto other, Connection::Open({url(), "other"}));
  ASSERT_OK(other->Run("BEGIN; LOCK TABLE shelf"));
  EXPECT_THAT(connection().Run("INSERT INTO shelf VALUES ('Emma')"),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("lock")));
  EXPECT_TRUE(connection().usable());
}

TEST_F(ConnectionTest, RefusesAServerThatTakesNoWrites) {
  Query("ALTER DATABASE test SET default_transaction_read_only = on");
  EXPECT_THAT(Connection::Open({url(), "test"}), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("read-only")));
}

}  // namespace
}  // namespace edirae::postgres
