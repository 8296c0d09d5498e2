/* A kiosk comes in to PostgreSQL by TLS and SCRAM, or not at all. */
#include "../postgres_kiosks.h"
#include "tests/sync/testing.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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
path_of(const char *name, char ret_path[160])
{
    (void)snprintf(ret_path, 160, "%s/data/%s", kiosks_server.folder, name);
}

/* NAME.crt and NAME.key, for localhost. */
static void
certificate_make(const char *name)
{
    char base[160], key[170], cert[170];
    struct stat owner;
    path_of("", base);
    assert_int_equal(stat(base, &owner), 0);
    path_of(name, base);
    (void)snprintf(key, sizeof key, "%s.key", base);
    (void)snprintf(cert, sizeof cert, "%s.crt", base);
    pid_t child = fork();
    if (child == 0) {
        (void)!freopen("/dev/null", "w", stderr);
        (void)execlp("openssl", "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", cert,
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days",
            "2", (char *)NULL);
        _exit(127);
    }
    int result = -1;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    assert_int_equal(chmod(key, 0600), 0);
    if (geteuid() == 0) {
        assert_int_equal(chown(key, owner.st_uid, owner.st_gid), 0);
    }
}

/* The same key's certificate, that was good for a day in 2020. */
static void
certificate_expire(const char *name)
{
    char base[160], command[2048];
    path_of(name, base);
    (void)snprintf(command, sizeof command,
        "cd %s/data && printf '[ca]\ndefault_ca=c\n[c]\nnew_certs_dir=.\ndatabase=db\n"
        "serial=sn\ndefault_md=sha256\npolicy=p\nunique_subject=no\n"
        "x509_extensions=e\n[p]\ncommonName=supplied\n[e]\n"
        "subjectAltName=DNS:localhost\n' >ca.cnf && : >db && echo 01 >sn &&"
        " openssl req -new -key %s.key -subj /CN=localhost -out old.csr 2>/dev/null &&"
        " openssl ca -batch -selfsign -config ca.cnf -keyfile %s.key -in old.csr"
        " -startdate 20200101000000Z -enddate 20200102000000Z -notext -out %s.crt"
        " >/dev/null 2>&1",
        kiosks_server.folder, base, base, base);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): paths of our own */
}

static enum bw_status
open_at(const char *host, const char *more, const char *root, const char *login,
    struct bw_carrier **ret_carrier, struct bw_error *err)
{
    char uri[512], path[160];
    struct bw_carrier_owner owner = {.central_id = {1}, .login = login};
    memcpy(owner.sign_public, kiosks_organiser()->sign_public, sizeof owner.sign_public);
    path_of(root, path);
    (void)snprintf(uri, sizeof uri, "postgresql://%s:%d/postgres?%s&sslrootcert=%s", host,
        kiosks_server.port, more, path);
    return bw_carrier_open(uri, BW_CARRIER_KIOSK, &owner, ret_carrier, err);
}

static void
a_kiosk_comes_in_by_tls_and_is_told_the_time(void **state)
{
    (void)state;
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    if (open_at("localhost", "sslmode=verify-full", "server.crt", kiosks_logins[3],
            &carrier, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    assert_true(carrier->server_ms > INT64_C(1700000000000));
    kiosks_put(carrier, "bw-events-3-0-0-0011aabb.bwe", BW_OK);
    bw_carrier_close(carrier);
    carrier = kiosks_open(BW_CARRIER_KIOSK, kiosks_logins[3], BW_OK);
    assert_int_equal(carrier->server_ms, 0); /* nobody vouches for it */
    bw_carrier_close(carrier);
}

static void
a_certificate_of_another_name_or_of_nobody_known_is_not_trusted(void **state) /* CP2 */
{
    (void)state;
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    assert_int_equal(open_at("127.0.0.1", "sslmode=verify-full", "server.crt",
                         kiosks_logins[3], &carrier, &err),
        BW_OFFLINE);
    assert_int_equal(err.os_errno, EKEYREJECTED);
    assert_int_equal(open_at("localhost", "sslmode=verify-full", "other.crt",
                         kiosks_logins[3], &carrier, &err),
        BW_OFFLINE);
    assert_int_equal(err.os_errno, EKEYREJECTED);
}

/* It would go before TLS, and ask for no certificate. */
static void
gss_that_the_environment_asks_for_is_left_for_tls(void **state) /* CP2 */
{
    (void)state;
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    assert_int_equal(setenv("PGGSSENCMODE", "require", 1), 0);
    enum bw_status status = open_at("localhost", "sslmode=verify-full", "server.crt",
        kiosks_logins[3], &carrier, &err);
    assert_int_equal(unsetenv("PGGSSENCMODE"), 0);
    if (status != BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_carrier_close(carrier);
}

static void
without_tls_or_with_another_password_nobody_comes_in(void **state) /* CP1 */
{
    (void)state;
    struct bw_carrier *carrier = NULL;
    struct bw_error err = {.text = ""};
    assert_int_equal(open_at("localhost", "sslmode=disable", "server.crt",
                         kiosks_logins[3], &carrier, &err),
        BW_OFFLINE);
    assert_int_equal(err.os_errno, EACCES);
    assert_int_equal(open_at("localhost", "sslmode=verify-full", "server.crt",
                         "bw_01000000_kiosk_3:s3cret", &carrier, &err),
        BW_OFFLINE);
    assert_int_equal(err.os_errno, EACCES);
    assert_null(strstr(err.text, "s3cret"));
}

/* Its login is good; that it has no connection left passes. */
static void
a_kiosk_with_too_many_connections_is_offline_and_not_shut_out(void **state)
{
    enum { MOST = 6 };
    (void)state;
    struct bw_carrier *carriers[MOST], *more = NULL;
    struct bw_error err = {.text = ""};
    for (int i = 0; i < MOST; i++) {
        assert_int_equal(open_at("localhost", "sslmode=verify-full", "server.crt",
                             kiosks_logins[3], &carriers[i], &err),
            BW_OK);
    }
    assert_int_equal(open_at("localhost", "sslmode=verify-full", "server.crt",
                         kiosks_logins[3], &more, &err),
        BW_OFFLINE);
    assert_non_null(strstr(err.text, "too many connections"));
    assert_int_equal(err.os_errno, EHOSTUNREACH);
    for (int i = 0; i < MOST; i++) {
        bw_carrier_close(carriers[i]);
    }
}

/* A new one mends it; a connection that stands isn't ended. */
static void
a_certificate_that_has_expired_is_told_and_a_new_one_mends_it(void **state)
{
    (void)state;
    struct bw_carrier *carrier = NULL, *before = NULL;
    struct bw_error err = {.text = ""};
    assert_int_equal(open_at("localhost", "sslmode=verify-full", "server.crt",
                         kiosks_logins[3], &before, &err),
        BW_OK);
    certificate_expire("server");
    postgres_do(&kiosks_server, "SELECT pg_reload_conf()");
    enum bw_status status = BW_OK;
    while (status == BW_OK) { /* until the server has read it */
        status = open_at("localhost", "sslmode=verify-full", "server.crt",
            kiosks_logins[3], &carrier, &err);
        if (status == BW_OK) {
            bw_carrier_close(carrier);
        }
    }
    assert_int_equal(status, BW_OFFLINE);
    assert_int_equal(err.os_errno, EKEYREJECTED);
    kiosks_put(before, "bw-events-3-50-59-0011aabb.bwe", BW_OK);
    bw_carrier_close(before);
    certificate_make("server");
    postgres_do(&kiosks_server, "SELECT pg_reload_conf()");
    do {
        status = open_at("localhost", "sslmode=verify-full", "server.crt",
            kiosks_logins[3], &carrier, &err);
    } while (status != BW_OK);
    bw_carrier_close(carrier);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_TABLE(test) cmocka_unit_test_setup(test, kiosks_setup)
        IN_TABLE(a_kiosk_comes_in_by_tls_and_is_told_the_time),
        IN_TABLE(a_certificate_of_another_name_or_of_nobody_known_is_not_trusted),
        IN_TABLE(gss_that_the_environment_asks_for_is_left_for_tls),
        IN_TABLE(without_tls_or_with_another_password_nobody_comes_in),
        IN_TABLE(a_kiosk_with_too_many_connections_is_offline_and_not_shut_out),
        IN_TABLE(a_certificate_that_has_expired_is_told_and_a_new_one_mends_it),
    };
    if (!kiosks_start(free_port())) {
        return 77;
    }
    certificate_make("server");
    certificate_make("other");
    postgres_do(&kiosks_server, "ALTER SYSTEM SET ssl = on");
    postgres_do(&kiosks_server, "SELECT pg_reload_conf()");
    int failed = cmocka_run_group_tests_name("TLS", tests, NULL, NULL);
    kiosks_stop();
    return failed;
}
