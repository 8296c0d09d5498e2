/* See postgres_kiosks.h. */
#include "postgres_kiosks.h"

#include "tests/sync/exchange/letter/letter_help.h"
#include "tests/sync/testing.h"

#include <brugwachter/core.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct postgres kiosks_server;
char kiosks_logins[6][BW_CARRIER_LOGIN_BYTES];

static struct bw_identity organiser;

struct bw_carrier *
kiosks_open(enum bw_carrier_role role, const char *login, enum bw_status want)
{
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    struct bw_carrier_owner owner = {
        .central_id = {1}, .sign_secret = organiser.sign_secret, .login = login};
    memcpy(owner.sign_public, organiser.sign_public, sizeof owner.sign_public);
    enum bw_status status =
        bw_carrier_open(kiosks_server.uri, role, &owner, &carrier, &err);
    if (status != want) {
        fail_msg("%s", err.text);
    }
    return carrier;
}

void
kiosks_admit(uint32_t device, int64_t session_no, uint32_t replaces)
{
    struct bw_carrier *office = kiosks_open(BW_CARRIER_OFFICE, NULL, BW_OK);
    bool open = true;
    struct bw_error err = {.text = ""};
    const struct bw_carrier_guest guest = {.device = device,
        .replaces = replaces,
        .session_nos = &session_no,
        .sessions_count = 1,
        .expires_ms = INT64_C(4102444800000)};
    if (bw_carrier_admit(office, &guest, kiosks_logins[device], &open, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    assert_false(open); /* CG5 */
    bw_carrier_close(office);
}

void
kiosks_put(struct bw_carrier *carrier, const char *name, enum bw_status want)
{
    struct bw_error err = {.text = ""};
    if (bw_carrier_put(carrier, name, "letter", 6, NULL, &err) != want) {
        fail_msg("%s: %s", name, err.text);
    }
}

void
kiosks_put_as(uint32_t device, const char *name, enum bw_status want)
{
    struct bw_carrier *carrier =
        kiosks_open(BW_CARRIER_KIOSK, kiosks_logins[device], BW_OK);
    kiosks_put(carrier, name, want);
    bw_carrier_close(carrier);
}

/* Rosters by the office, of session 7: their bytes are no letter, so by hand. */
int
kiosks_setup(void **state)
{
    (void)state;
    postgres_do(&kiosks_server, "SET client_min_messages = warning;"
                                " DROP SCHEMA IF EXISTS bw_01000000_letters CASCADE");
    bw_carrier_close(kiosks_open(BW_CARRIER_OFFICE, NULL, BW_OK));
    kiosks_admit(3, 7, 0);
    kiosks_admit(4, 7, 0);
    kiosks_admit(5, 8, 0);
    kiosks_put_as(3, EVENTS_3, BW_OK);
    kiosks_put_as(4, EVENTS_4, BW_OK);
    kiosks_put_as(5, EVENTS_5, BW_OK);
    postgres_do(&kiosks_server,
        "INSERT INTO " T " VALUES (7, 0, '" ROSTER_3
        "', 3, NULL, 'for 3'), (7, 0, '" ROSTER_4 "', 4, NULL, 'for 4')");
    return 0;
}

/* Kiosks come in by SCRAM alone. */
static void
passwords_ask(void)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/data/pg_hba.conf", kiosks_server.folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs("local all bw trust\nlocal all all scram-sha-256\n"
                "hostssl all all 127.0.0.1/32 scram-sha-256\n",
        file);
    assert_int_equal(fclose(file), 0);
    postgres_do(&kiosks_server, "SELECT pg_reload_conf()");
}

bool
kiosks_start(int port)
{
    if (bw_core_init(NULL) != BW_OK || !postgres_start_at(&kiosks_server, port)) {
        (void)fprintf(stderr, "skipped: PostgreSQL isn't installed\n");
        return false;
    }
    organiser = letter_identity(1);
    (void)snprintf(kiosks_server.uri, sizeof kiosks_server.uri,
        "postgresql://bw@/postgres?host=%s&port=%d", kiosks_server.folder,
        port > 0 ? port : 5432);
    postgres_do(&kiosks_server, "CREATE TABLE public.central (id INTEGER)");
    passwords_ask();
    return true;
}

const struct bw_identity *
kiosks_organiser(void)
{
    return &organiser;
}

void
kiosks_stop(void)
{
    postgres_stop(&kiosks_server);
}
