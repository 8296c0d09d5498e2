/* A folder as a carrier: the contract, and whose folder it is. */
#include "tests/sync/exchange/carrier_contract.h"
#include "tests/sync/exchange/letter/letter_help.h"
#include "tests/sync/testing.h"

#include <brugwachter/core.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char place[] = "/tmp/bw-folder-XXXXXX";
static char uri[64];
static struct bw_identity organiser;

static int
on_entry(const char *path, const struct stat *facts, int type, struct FTW *walk)
{
    (void)facts, (void)type;
    return walk->level > 0 ? remove(path) : 0;
}

static void
empty(void *context)
{
    (void)context;
    (void)nftw(place, on_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static struct bw_carrier_owner
owner_of(uint8_t central)
{
    struct bw_carrier_owner owner = {
        .central_id = {central}, .sign_secret = organiser.sign_secret};
    memcpy(owner.sign_public, organiser.sign_public, sizeof owner.sign_public);
    return owner;
}

static struct bw_carrier *
open_here(void *context)
{
    (void)context;
    struct bw_carrier *carrier = NULL;
    struct bw_carrier_owner owner = owner_of(1);
    assert_int_equal(
        bw_carrier_open(uri, BW_CARRIER_OFFICE, &owner, &carrier, NULL), BW_OK);
    return carrier;
}

static void
plant(void *context, const char *name)
{
    (void)context;
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", place, name);
    assert_int_equal(symlink("/etc/hostname", path), 0);
    (void)snprintf(path, sizeof path, "%s/bw-events-3-2-9-0011aabb.bwe", place);
    assert_int_equal(mkdir(path, 0755), 0);
    (void)snprintf(path, sizeof path, "%s/bw-events-3-3-9-0011aabb.bwe", place);
    assert_int_equal(mkfifo(path, 0644), 0);
    (void)snprintf(path, sizeof path, "%s/bw-events-3-3-9-0011aabb.bwe\n", place);
    int fd = open(path, O_CREAT | O_WRONLY, 0644);
    assert_true(fd >= 0);
    (void)close(fd);
}

static enum bw_status
open_as(enum bw_carrier_role role, uint8_t central)
{
    struct bw_carrier *carrier = NULL;
    struct bw_carrier_owner owner = owner_of(central);
    struct bw_error err = {.text = ""};
    enum bw_status status = bw_carrier_open(uri, role, &owner, &carrier, &err);
    bw_carrier_close(carrier);
    assert_true(status == BW_OK || err.text[0] != '\0');
    return status;
}

static void
a_kiosk_is_offline_until_the_office_made_the_folder(void **state)
{
    (void)state;
    empty(NULL);
    assert_int_equal(rmdir(place), 0);
    assert_int_equal(open_as(BW_CARRIER_KIOSK, 1), BW_OFFLINE);
    assert_int_equal(mkdir(place, 0755), 0);
    assert_int_equal(open_as(BW_CARRIER_KIOSK, 1), BW_OFFLINE);
    assert_int_equal(open_as(BW_CARRIER_OFFICE, 1), BW_OK);
    assert_int_equal(open_as(BW_CARRIER_KIOSK, 1), BW_OK);
    assert_int_equal(open_as(BW_CARRIER_STICK, 1), BW_OK);
}

static void
another_central_databases_folder_is_refused(void **state)
{
    (void)state;
    empty(NULL);
    assert_int_equal(open_as(BW_CARRIER_OFFICE, 1), BW_OK);
    assert_int_equal(open_as(BW_CARRIER_KIOSK, 2), BW_REFUSED);
    assert_int_equal(open_as(BW_CARRIER_OFFICE, 2), BW_REFUSED);
}

static void
a_folder_that_a_stranger_signed_is_refused(void **state)
{
    (void)state;
    struct bw_identity own = organiser;
    empty(NULL);
    organiser = letter_identity(9);
    assert_int_equal(open_as(BW_CARRIER_OFFICE, 1), BW_OK);
    organiser = own;
    assert_int_equal(open_as(BW_CARRIER_KIOSK, 1), BW_BAD_INPUT);
}

static bool
on_listed_late(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    (void)name, (void)parsed, (void)bytes;
    ++*(int *)context;
    (void)poll(NULL, 0, 10);
    return true;
}

/* As one of a file server may be, that always has a name more. */
static void
a_folder_that_is_not_through_in_its_time_is_left_with_a_sentence(void **state) /* CA4 */
{
    (void)state;
    empty(NULL);
    struct bw_carrier *carrier = open_here(NULL);
    struct bw_error err = {.text = ""};
    int listed = 0;
    for (int i = 1; i <= 3; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "bw-events-3-%d-%d-0011aabb.bwe", i, i);
        assert_int_equal(bw_carrier_put(carrier, name, "x", 1, NULL, NULL), BW_OK);
    }
    carrier->list_ms = 5;
    assert_int_equal(bw_carrier_list(carrier, on_listed_late, &listed, &err), BW_OFFLINE);
    assert_in_range(listed, 0, 1);
    assert_non_null(strstr(err.text, "doesn't end in time"));
    carrier->list_ms = 0;
    assert_int_equal(bw_carrier_list(carrier, on_listed_late, &listed, &err), BW_OK);
    bw_carrier_close(carrier);
}

/* How often the letter's file was synced when it had its name. */
static const char *named;
static int synced_by_name;

int __real_fsync(int fd);
int __wrap_fsync(int fd);

int
__wrap_fsync(int fd)
{
    struct stat open, there;
    if (named && fstat(fd, &open) == 0 && stat(named, &there) == 0 &&
        open.st_ino == there.st_ino) {
        synced_by_name++;
    }
    return __real_fsync(fd);
}

/* On FAT it would be empty until then, and the stick may be taken out. */
static void
a_letter_is_synced_under_its_name_too(void **state)
{
    (void)state;
    empty(NULL);
    struct bw_carrier *carrier = open_here(NULL);
    char path[256];
    (void)snprintf(path, sizeof path, "%s/bw-events-3-1-9-0011aabb.bwe", place);
    named = path;
    synced_by_name = 0;
    assert_int_equal(
        bw_carrier_put(carrier, strrchr(path, '/') + 1, "letter", 6, NULL, NULL), BW_OK);
    named = NULL;
    bw_carrier_close(carrier);
    assert_int_equal(synced_by_name, 1);
}

/* The stick was taken out between the two: it would be refused for good. */
static void
a_letter_that_is_empty_there_is_put_anew(void **state)
{
    (void)state;
    static const char name[] = "bw-events-3-1-9-0011aabb.bwe";
    empty(NULL);
    struct bw_carrier *carrier = open_here(NULL);
    char path[256];
    unsigned char *bytes = NULL;
    size_t length = 0;
    bool fresh = false;
    (void)snprintf(path, sizeof path, "%s/%s", place, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(bw_carrier_put(carrier, name, "letter", 6, &fresh, NULL), BW_OK);
    assert_true(fresh);
    assert_int_equal(bw_carrier_get(carrier, name, 6, &bytes, &length, NULL), BW_OK);
    assert_int_equal(length, 6);
    assert_memory_equal(bytes, "letter", 6);
    free(bytes);
    bw_carrier_close(carrier);
}

static void
an_address_that_is_none_is_told(void **state)
{
    (void)state;
    struct bw_carrier *carrier = NULL;
    struct bw_carrier_owner owner = owner_of(1);
    static const char *const wrong[] = {"", "folder:", "ftp://x/y", "/tmp"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(
            bw_carrier_open(wrong[i], BW_CARRIER_KIOSK, &owner, &carrier, NULL),
            BW_BAD_INPUT);
    }
    char beside[BW_CARRIER_URI_BYTES];
    assert_true(bw_carrier_beside("sqlite:/srv/central.db", beside));
    assert_string_equal(beside, "folder:/srv/central.db.letters");
    assert_false(bw_carrier_beside("postgresql://x/y", beside));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kiosk_is_offline_until_the_office_made_the_folder),
        cmocka_unit_test(another_central_databases_folder_is_refused),
        cmocka_unit_test(a_folder_that_a_stranger_signed_is_refused),
        cmocka_unit_test(
            a_folder_that_is_not_through_in_its_time_is_left_with_a_sentence),
        cmocka_unit_test(a_letter_is_synced_under_its_name_too),
        cmocka_unit_test(a_letter_that_is_empty_there_is_put_anew),
        cmocka_unit_test(an_address_that_is_none_is_told),
    };
    const struct carrier_kind folder = {
        .open = open_here, .plant = plant, .empty = empty};
    if (bw_core_init(NULL) != BW_OK || !mkdtemp(place)) {
        return 1;
    }
    organiser = letter_identity(1);
    (void)snprintf(uri, sizeof uri, "folder:%s", place);
    int failed = carrier_contract_run(&folder);
    failed += cmocka_run_group_tests(tests, NULL, NULL);
    empty(NULL);
    (void)rmdir(place);
    return failed;
}
