/* What a road in PostgreSQL costs kiosks that all come at once, beside bare libpq.
 *
 *   roads_bench [--quick]
 *
 * 200 kiosks (--quick: 20) with logins of their own come in by TLS (verify-full) and
 * SCRAM, and put a letter of 50 events each into the table of letters. Beside them 200
 * that do the same in libpq alone: connect, one INSERT of the same bytes by the same
 * role, close. Signatures and seals aren't in it: a letter is made before. How it is
 * measured: roads_crowd.h.
 *
 * Judges none of it: tells the ratio, goal 1.2. */
#include "tests/sync/testing.h"

#include "roads_crowd.h"
#include "tests/sync/exchange/carrier/postgres_kiosks.h"

#include "exchange/carrier/carrier.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char logins[CROWD_MANY][BW_CARRIER_LOGIN_BYTES];
static char uri[400];

static int
free_port(void)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool bound = bind(fd, (struct sockaddr *)&address, length) == 0 &&
                 getsockname(fd, (struct sockaddr *)&address, &length) == 0;
    (void)close(fd);
    return bound ? ntohs(address.sin_port) : 0;
}

static void
server_secure(void)
{
    char command[1024];
    struct stat owner;
    (void)snprintf(command, sizeof command, "%s/data", kiosks_server.folder);
    assert_int_equal(stat(command, &owner), 0);
    (void)snprintf(command, sizeof command,
        "cd %s/data && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1"
        " -nodes -keyout server.key -out server.crt -subj /CN=localhost -addext"
        " subjectAltName=DNS:localhost -days 2 2>/dev/null && chmod 600 server.key &&"
        " chown %d:%d server.key",
        kiosks_server.folder, (int)owner.st_uid, (int)owner.st_gid);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): paths of our own */
    postgres_do(&kiosks_server, "ALTER SYSTEM SET ssl = on");
    postgres_do(&kiosks_server, "SELECT pg_reload_conf()");
    (void)snprintf(uri, sizeof uri,
        "postgresql://localhost:%d/postgres?sslmode=verify-full"
        "&sslrootcert=%s/data/server.crt",
        kiosks_server.port, kiosks_server.folder);
}

static void
kiosks_enrol(void)
{
    struct bw_carrier *office = kiosks_open(BW_CARRIER_OFFICE, NULL, BW_OK);
    struct bw_error err = {.text = ""};
    const int64_t session_no = 7;
    for (int i = 0; i < crowd_kiosks; i++) {
        bool open = false;
        const struct bw_carrier_guest guest = {.device = (uint32_t)(CROWD_FIRST + i),
            .session_nos = &session_no,
            .sessions_count = 1,
            .expires_ms = INT64_C(4102444800000)};
        if (bw_carrier_admit(office, &guest, logins[i], &open, &err) != BW_OK) {
            fail_msg("%s", err.text);
        }
    }
    bw_carrier_close(office);
}

/* ---- one kiosk ---- */

static bool
by_carrier(int kiosk, int round)
{
    char name[64];
    unsigned char bytes[CROWD_LETTER_BYTES];
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    struct bw_carrier_owner owner = {.central_id = {1}, .login = logins[kiosk]};
    memcpy(owner.sign_public, kiosks_organiser()->sign_public, sizeof owner.sign_public);
    crowd_letter(kiosk, round, name, bytes);
    enum bw_status status =
        bw_carrier_open(uri, BW_CARRIER_KIOSK, &owner, &carrier, &err);
    if (status == BW_OK) {
        status = bw_carrier_put(carrier, name, bytes, sizeof bytes, NULL, &err);
    }
    bw_carrier_close(carrier);
    if (status != BW_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
    }
    return status == BW_OK;
}

static bool
by_libpq(int kiosk, int round)
{
    char name[64], user[64], writer[16], slot[16];
    unsigned char bytes[CROWD_LETTER_BYTES];
    const char *colon = strchr(logins[kiosk], ':');
    (void)snprintf(
        user, sizeof user, "%.*s", (int)(colon - logins[kiosk]), logins[kiosk]);
    (void)snprintf(writer, sizeof writer, "%d", CROWD_FIRST + kiosk);
    (void)snprintf(slot, sizeof slot, "%d", CROWD_SPARE + round);
    crowd_letter(kiosk, round, name, bytes);
    const char *keywords[] = {"dbname", "user", "password", NULL};
    const char *values[] = {uri, user, colon + 1, NULL};
    PGconn *db = PQconnectdbParams(keywords, values, 1);
    const char *parameters[] = {writer, name, slot, (const char *)bytes};
    const int lengths[] = {0, 0, 0, CROWD_LETTER_BYTES}, formats[] = {0, 0, 0, 1};
    PGresult *result = PQexecParams(db,
        "INSERT INTO " T " (session_no, writer, name, reader, slot, bytes)"
        " VALUES (7, $1, $2, 0, $3, $4)",
        4, NULL, parameters, lengths, formats, 0);
    bool fine = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!fine) {
        (void)fprintf(stderr, "%s", PQerrorMessage(db));
    }
    PQclear(result);
    PQfinish(db);
    return fine;
}

/* The server takes hardly more connections than there are kiosks. */
static void
connections_await_end(void)
{
    const struct timespec nap = {0, 2000000};
    while (postgres_number(&kiosks_server, "SELECT count(*) FROM pg_stat_activity"
                                           " WHERE usename LIKE '%kiosk%'") > 0) {
        (void)nanosleep(&nap, NULL);
    }
}

static void
kiosks_put_beside_libpq(void **state)
{
    (void)state;
    const struct crowd_server server = {kiosks_server.server, connections_await_end};
    assert_int_equal(kiosks_setup(NULL), 0);
    kiosks_enrol();
    crowd_measure(by_carrier, by_libpq, "PostgreSQL by TLS and SCRAM, libpq", &server);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kiosks_put_beside_libpq)};
    crowd_begin(argc, argv);
    kiosks_server.connections = crowd_kiosks + CROWD_SPARE;
    if (!kiosks_start(free_port())) {
        return 77;
    }
    server_secure();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    kiosks_stop();
    return failed == 0 ? 0 : 1;
}
