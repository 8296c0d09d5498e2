/* Logins of carriers, from a netrc file. */
#include "exchange/carrier/login.h"

#include "tests/sync/testing.h"

#include <brugwachter/core.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[] = "/tmp/bw-netrc-XXXXXX";

static void
write_file(const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0600), 0);
}

static const char *
login_of(const char *uri)
{
    static char login[BW_CARRIER_LOGIN_BYTES];
    struct bw_error err = {.text = ""};
    assert_int_equal(bw_carrier_login_find(path, uri, login, &err), BW_OK);
    return login;
}

static void
each_host_has_its_login_and_others_the_default(void **state)
{
    (void)state;
    write_file("# ours\nmachine cloud.school.nl login kring password geheim\n"
               "machine b.example\n  login \"a b\"\n  password \"q\\\"w\"\n"
               "machine c.example login token password \"\"\n"
               "default login all password x\n");
    assert_string_equal(login_of("webdavs://cloud.school.nl/dav"), "kring:geheim");
    assert_string_equal(login_of("webdavs://CLOUD.school.nl:8443"), "kring:geheim");
    assert_string_equal(login_of("webdavs://b.example/x"), "a b:q\"w");
    assert_string_equal(login_of("webdavs://c.example/x"), "token:");
    assert_string_equal(login_of("webdavs://other/x"), "all:x");
    assert_string_equal(login_of("folder:/srv/letters"), "");
    write_file("machine a login b password c\nmacdef x\nmachine d login e\n");
    assert_string_equal(login_of("webdavs://d/"), "");
}

static void
a_file_that_others_may_read_or_that_is_none_is_refused(void **state)
{
    (void)state;
    char login[BW_CARRIER_LOGIN_BYTES], text[600];
    struct bw_error err = {.text = ""};
    write_file("machine a login b password geheim\n");
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(
        bw_carrier_login_find(path, "webdavs://a/", login, &err), BW_REFUSED);
    assert_non_null(strstr(err.text, "chmod"));
    write_file("password=geheim\n");
    assert_int_equal(
        bw_carrier_login_find(path, "webdavs://a/", login, &err), BW_BAD_INPUT);
    assert_null(strstr(err.text, "geheim"));
    (void)snprintf(text, sizeof text, "machine a login b password %0300d\n", 7);
    write_file(text);
    assert_int_equal(
        bw_carrier_login_find(path, "webdavs://a/", login, &err), BW_BAD_INPUT);
    write_file("machine a login b:c password d\n");
    assert_int_equal(
        bw_carrier_login_find(path, "webdavs://a/", login, &err), BW_BAD_INPUT);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(
        bw_carrier_login_find(path, "webdavs://a/", login, &err), BW_NOT_FOUND);
}

static void
a_database_has_no_login_here_not_even_the_default(void **state)
{
    (void)state;
    char login[BW_CARRIER_LOGIN_BYTES] = "x";
    write_file("default login kring password geheim\n");
    assert_int_equal(
        bw_carrier_login_find(path, "postgresql://a@b/c", login, NULL), BW_OK);
    assert_string_equal(login, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_host_has_its_login_and_others_the_default),
        cmocka_unit_test(a_database_has_no_login_here_not_even_the_default),
        cmocka_unit_test(a_file_that_others_may_read_or_that_is_none_is_refused),
    };
    int fd = mkstemp(path);
    if (bw_core_init(NULL) != BW_OK || fd < 0) {
        return 1;
    }
    (void)close(fd);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)unlink(path);
    return failed;
}
