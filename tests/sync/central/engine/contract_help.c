/* What the suites of an engine share: see contract_help.h. */
#include "tests/sync/central/engine/contract_help.h"
#include "tests/sync/testing.h"

const struct central_kind *contract_kind;

const char *
contract_uri(void)
{
    return contract_kind->uri(contract_kind->context);
}

void
contract_must(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        fail_msg("%s", err->text);
    }
}

struct bw_central *
contract_connect(void)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    contract_must(bw_central_open(contract_uri(), BW_CENTRAL_OPEN, &central, &err), &err);
    return central;
}

void
contract_run(struct bw_central *central, const char *sql)
{
    struct bw_error err = {.text = ""};
    contract_must(bw_central_run(central, sql, NULL, 0, NULL, NULL, &err), &err);
}

int64_t
contract_number(struct bw_central *central, const char *sql)
{
    struct bw_error err = {.text = ""};
    int64_t value = 0;
    contract_must(bw_central_number(central, sql, NULL, 0, 0, &value, &err), &err);
    return value;
}

static void
put_session(struct bw_central *central, int64_t session_no)
{
    struct bw_error err = {.text = ""};
    struct bw_sql_value value = bw_sql_int(session_no);
    contract_must(
        bw_central_run(central,
            "INSERT INTO session (session_no, code, series, title, kind, region, venue,"
            " address, timezone, go_to, desk, audience, starts_ms, ends_ms, capacity,"
            " doors_minutes, release_minutes, extra_places, revision) VALUES ($1,"
            " 'S-' || CAST($1 AS TEXT), 'reeks', 'Leerkring', 'leerkring', 'Oost',"
            " 'Zaal', 'Straat 1', 'Europe/Amsterdam', '', '', 'brugfunctionaris', 1, 2,"
            " 50, 60, 15, 0, 0)",
            &value, 1, NULL, NULL, &err),
        &err);
}

/* Set up, with two sessions of one series, and a table of the suite's own. */
int
contract_setup(void **state)
{
    struct bw_central *central = NULL;
    struct bw_error err = {.text = ""};
    bool created = false;
    (void)state;
    contract_kind->begin(contract_kind->context);
    contract_must(
        bw_central_open(contract_uri(), BW_CENTRAL_CREATE, &central, &err), &err);
    contract_must(bw_central_setup(central, 1, &created, &err), &err);
    assert_true(created);
    contract_must(bw_central_begin(central, &err), &err);
    contract_run(central, "INSERT INTO series (code, title) VALUES ('reeks', 'Reeks')");
    put_session(central, 1);
    put_session(central, 2);
    contract_must(bw_central_commit(central, &err), &err);
    bw_central_close(central);
    return 0;
}

int
contract_teardown(void **state)
{
    (void)state;
    contract_kind->end(contract_kind->context);
    return 0;
}
