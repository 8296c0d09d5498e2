/* What PostgreSQL's engine does with texts alone, without a server: SQL, errors, URIs. */
#include "tests/sync/testing.h"

#include "central/central.h"
#include "central/engine/postgres.h"
#include "central/engine/schema.h"

#include <stdlib.h>
#include <string.h>

static void
types_of_tables_are_translated_and_nothing_else_is(void **state)
{
    static const struct {
        const char *ours, *theirs; /* NULL: the same */
    } samples[] = {
        {"SELECT CAST($1 AS TEXT)", NULL},
        {"INSERT INTO v (a) VALUES ('INTEGER')", NULL},
        {"CREATE TABLE v (a INTEGER, b BLOB, c TEXT NOT NULL)",
            "CREATE TABLE v (a BIGINT, b BYTEA, c TEXT COLLATE \"C\" NOT NULL)"},
        {"CREATE TABLE v (BLOBS TEXT DEFAULT 'a TEXT, '' BLOB', INTEGER_2 BLOB)",
            "CREATE TABLE v (BLOBS TEXT COLLATE \"C\" DEFAULT 'a TEXT, '' BLOB',"
            " INTEGER_2 BYTEA)"},
        {"SELECT 1 FROM a CROSS JOIN b c ON c.x = a.x",
            "SELECT 1 FROM a JOIN b c ON c.x = a.x"},
        {"SELECT 'CROSS JOIN b c ON ' FROM a CROSS JOIN b c WHERE c.x = 1",
            "SELECT 'CROSS JOIN b c ON ' FROM a CROSS JOIN b c WHERE c.x = 1"},
        {"ALTER TABLE v ADD COLUMN x BLOB", "ALTER TABLE v ADD COLUMN x BYTEA"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        bool failed = true;
        char *text = bw_central_postgres_sql(samples[i].ours, &failed);
        assert_false(failed);
        if (samples[i].theirs == NULL) {
            assert_null(text);
        } else {
            assert_string_equal(text, samples[i].theirs);
        }
        free(text);
    }
}

static void
errors_are_of_the_kind_that_tells_what_to_do(void **state)
{
    static const struct {
        const char *sqlstate;
        enum bw_status status;
    } samples[] = {
        {NULL, BW_OFFLINE},
        {"", BW_OFFLINE},
        {"08006", BW_OFFLINE},
        {"57P01", BW_OFFLINE},
        {"57P03", BW_OFFLINE},
        {"25006", BW_OFFLINE},
        {"40003", BW_OFFLINE},
        {"40001", BW_BUSY},
        {"40P01", BW_BUSY},
        {"53300", BW_BUSY},
        {"55P03", BW_BUSY},
        {"57014", BW_BUSY},
        {"53100", BW_FULL},
        {"53200", BW_NO_MEMORY},
        {"28P01", BW_REFUSED},
        {"28000", BW_REFUSED},
        {"42501", BW_REFUSED},
        {"23505", BW_REFUSED},
        {"3D000", BW_NOT_FOUND},
        {"XX001", BW_CORRUPT},
        {"42703", BW_IO},
        {"XX000", BW_IO},
    };
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        assert_int_equal(bw_postgres_class(samples[i].sqlstate), samples[i].status);
    }
}

static bool
is_local(const char *uri)
{
    PQconninfoOption *options = PQconninfoParse(uri, NULL);
    assert_non_null(options);
    bool local = bw_postgres_is_local(options);
    PQconninfoFree(options);
    return local;
}

/* CP2 */
static void
only_what_is_certainly_here_needs_no_certificate(void **state)
{
    static const char *const here[] = {"postgresql://localhost/x",
        "postgresql://127.0.0.1", "postgresql://[::1]:5433/x",
        "postgresql:///x?host=/run/postgresql", "postgresql://127.0.0.1,localhost/x",
        "postgresql://db.example/x?hostaddr=127.0.0.1"};
    static const char *const elsewhere[] = {"postgresql:///x",
        "postgresql://db.example/x", "postgresql://localhost,db.example/x",
        "postgresql://127.0.0.1.example/x", "postgresql://localhost/x?hostaddr=10.0.0.1",
        "postgresql:///x?host=/run/postgresql,db.example",
        "postgresql:///x?host=localhost,", "postgresql://localhost/x?service=there",
        "postgresql://localhost.example"};
    (void)state;
    assert_int_equal(unsetenv("PGHOSTADDR") | unsetenv("PGSERVICE"), 0);
    for (size_t i = 0; i < sizeof here / sizeof here[0]; i++) {
        if (!is_local(here[i])) {
            fail_msg("%s", here[i]);
        }
    }
    for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++) {
        if (is_local(elsewhere[i])) {
            fail_msg("%s", elsewhere[i]);
        }
    }
    assert_int_equal(setenv("PGHOSTADDR", "10.0.0.1", 1), 0);
    assert_false(is_local("postgresql://localhost/x"));
    assert_int_equal(unsetenv("PGHOSTADDR"), 0);
}

/* CP1 */
static void
a_password_in_the_uri_is_refused_and_never_repeated(void **state)
{
    static const char *const uris[] = {"postgresql://a:s3cret@localhost/x",
        "postgresql://a@localhost/x?password=s3cret",
        "postgresql://a@localhost/x?sslpassword=s3cret",
        "postgres://a:s3cret@localhost/x",
        "postgresql://a:s3cret@localhost/x?no_such_thing=1"};
    (void)state;
    for (size_t i = 0; i < sizeof uris / sizeof uris[0]; i++) {
        struct bw_central *central = NULL;
        struct bw_error err = {.text = ""};
        assert_int_equal(
            bw_central_open(uris[i], BW_CENTRAL_OPEN, &central, &err), BW_BAD_INPUT);
        assert_null(strstr(err.text, "s3cret"));
        assert_true(strlen(err.text) > 40);
    }
}

/* CP2 */
static void
a_server_elsewhere_has_to_show_its_certificate(void **state)
{
    static const char *const modes[] = {
        "disable", "allow", "prefer", "require", "verify-ca"};
    (void)state;
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        char uri[96];
        struct bw_central *central = NULL;
        struct bw_error err = {.text = ""};
        (void)snprintf(
            uri, sizeof uri, "postgresql://a@192.0.2.1/x?sslmode=%s", modes[i]);
        assert_int_equal(
            bw_central_open(uri, BW_CENTRAL_OPEN, &central, &err), BW_BAD_INPUT);
        assert_non_null(strstr(err.text, "verify-full"));
    }
}

static void
columns_of_the_schema_are_told_for_other_engines(void **state)
{
    char *tables = NULL, *columns = NULL;
    (void)state;
    assert_true(bw_schema_columns(BW_CENTRAL_SCHEMA, &tables, &columns));
    assert_non_null(strstr(tables, "registration"));
    assert_null(strstr(tables, "event_kept"));
    assert_non_null(strstr(columns, "central\tid\tBLOB\t1\n"));
    assert_non_null(strstr(columns, "session\tsession_no\tINTEGER\t1\n"));
    assert_non_null(strstr(columns, "person\tidentity\tTEXT\t0\n"));
    free(tables);
    free(columns);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_of_tables_are_translated_and_nothing_else_is),
        cmocka_unit_test(errors_are_of_the_kind_that_tells_what_to_do),
        cmocka_unit_test(only_what_is_certainly_here_needs_no_certificate),
        cmocka_unit_test(a_password_in_the_uri_is_refused_and_never_repeated),
        cmocka_unit_test(a_server_elsewhere_has_to_show_its_certificate),
        cmocka_unit_test(columns_of_the_schema_are_told_for_other_engines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
