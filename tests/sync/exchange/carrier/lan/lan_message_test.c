/* What kiosks say to each other on the local network, byte by byte. */
#include "exchange/carrier/lan/lan_message.h"

#include "tests/sync/testing.h"

#include <brugwachter/core.h>
#include <brugwachter/event.h>
#include <stdlib.h>
#include <string.h>

#define NAME "bw-events-3-1-9-0011aabb.bwe"

static uint8_t keys[2][BW_LAN_KEY_BYTES];

static struct bw_lan_request
request_of(enum bw_lan_verb verb, const char *name)
{
    struct bw_lan_request request = {.verb = verb};
    memcpy(request.name, name, strlen(name) + 1);
    return request;
}

static void
a_request_is_read_by_its_sessions_key_alone(void **state) /* LM1 */
{
    (void)state;
    struct bw_lan_request request = request_of(BW_LAN_GET, NAME), read;
    char path[BW_LAN_PATH_BYTES];
    int key = -1;
    bw_lan_request_write(&request, keys[1], path);
    assert_false(bw_lan_request_read(path, keys, 1, &read, &key));
    assert_true(bw_lan_request_read(path, keys, 2, &read, &key));
    assert_int_equal(key, 1);
    assert_int_equal(read.verb, BW_LAN_GET);
    assert_string_equal(read.name, NAME);
    assert_memory_equal(read.nonce, request.nonce, sizeof read.nonce);
}

static void
every_request_has_the_same_length(void **state) /* LM3 */
{
    (void)state;
    char path[BW_LAN_PATH_BYTES];
    struct bw_lan_request list = request_of(BW_LAN_LIST, "");
    struct bw_lan_request get = request_of(BW_LAN_GET, NAME);
    bw_lan_request_write(&list, keys[0], path);
    assert_int_equal(strlen(path), BW_LAN_PATH_BYTES - 1);
    bw_lan_request_write(&get, keys[0], path);
    assert_int_equal(strlen(path), BW_LAN_PATH_BYTES - 1);
}

static void
a_request_with_any_character_changed_is_none(void **state) /* LM1 */
{
    (void)state;
    struct bw_lan_request request = request_of(BW_LAN_LIST, ""), read;
    char path[BW_LAN_PATH_BYTES + 1];
    int key = 0;
    bw_lan_request_write(&request, keys[0], path);
    for (size_t i = 0; i < BW_LAN_PATH_BYTES - 1; i++) {
        char was = path[i];
        path[i] = was == '0' ? '1' : '0';
        assert_false(bw_lan_request_read(path, keys, 2, &read, &key));
        path[i] = was;
    }
    memcpy(path + BW_LAN_PATH_BYTES - 1, "0", 2);
    assert_false(bw_lan_request_read(path, keys, 2, &read, &key));
    assert_false(bw_lan_request_read("/", keys, 2, &read, &key));
    assert_false(bw_lan_request_read("", keys, 2, &read, &key));
}

static void
a_letter_is_asked_for_by_a_letters_name_alone(void **state)
{
    (void)state;
    static const char *const names[] = {"", "../../etc/passwd", "bw-events-3.bwe"};
    char path[BW_LAN_PATH_BYTES];
    int key = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct bw_lan_request request = request_of(BW_LAN_GET, names[i]), read;
        bw_lan_request_write(&request, keys[0], path);
        assert_false(bw_lan_request_read(path, keys, 2, &read, &key));
    }
}

static void
an_answer_is_to_its_own_request_alone(void **state) /* LM2 */
{
    (void)state;
    struct bw_lan_request request = request_of(BW_LAN_GET, NAME);
    struct bw_lan_request later = request_of(BW_LAN_GET, NAME);
    char path[BW_LAN_PATH_BYTES];
    struct bw_lan_answer read, answer = {.kind = BW_LAN_LETTER,
                                   .device = 3,
                                   .bytes = (const unsigned char *)"letter",
                                   .length = 6};
    unsigned char *bytes = NULL;
    size_t length = 0;
    bw_lan_request_write(&request, keys[0], path);
    bw_lan_request_write(&later, keys[0], path);
    assert_int_equal(
        bw_lan_answer_write(&answer, &request, keys[0], &bytes, &length, NULL), BW_OK);
    assert_true(length <= answer.length + BW_LAN_MORE_BYTES);
    for (size_t cut = 0; cut < length; cut++) {
        assert_false(bw_lan_answer_read(bytes, cut, &request, keys[0], &read));
    }
    assert_false(bw_lan_answer_read(bytes, length, &later, keys[0], &read));
    assert_false(bw_lan_answer_read(bytes, length, &request, keys[1], &read));
    free(bytes);
    assert_int_equal(
        bw_lan_answer_write(&answer, &request, keys[0], &bytes, &length, NULL), BW_OK);
    assert_true(bw_lan_answer_read(bytes, length, &request, keys[0], &read));
    assert_int_equal(read.kind, BW_LAN_LETTER);
    assert_int_equal(read.device, 3);
    assert_int_equal(read.length, 6);
    assert_memory_equal(read.bytes, "letter", 6);
    free(bytes);
}

static void
a_list_is_read_without_what_is_not_its_writers(void **state)
{
    (void)state;
    static const char *const names[] = {NAME, "bw-introduction-3-0011aabb.bwi",
        "bw-events-4-1-9-0011aabb.bwe", "bw-roster-3-0-7-00000001.bwr", "notes.txt"};
    struct bw_lan_list list = {.names = NULL}, read = {.names = NULL};
    uint8_t tag[BW_LAN_TAG_BYTES], again[BW_LAN_TAG_BYTES];
    unsigned char *bytes = NULL;
    size_t length = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_true(bw_lan_list_add(&list, names[i], 100 + i));
    }
    bw_lan_list_tag(&list, tag);
    assert_int_equal(bw_lan_list_write(&list, &bytes, &length, NULL), BW_OK);
    assert_true(bw_lan_list_read(bytes, length, 3, &read));
    assert_int_equal(read.count, 2);
    assert_string_equal(read.names[0].text, NAME);
    assert_int_equal(read.names[0].bytes, 100);
    bw_lan_list_tag(&read, again);
    assert_memory_not_equal(tag, again, sizeof tag);
    bw_lan_list_finish(&read);
    for (size_t cut = 0; cut < length; cut++) {
        assert_false(bw_lan_list_read(bytes, cut, 3, &read));
    }
    memset(bytes, 0xff, 4); /* four thousand million names */
    assert_false(bw_lan_list_read(bytes, length, 3, &read));
    free(bytes);
    bw_lan_list_finish(&list);
}

static void
the_tag_is_the_names_in_whatever_order(void **state)
{
    (void)state;
    struct bw_lan_list one = {.names = NULL}, other = {.names = NULL};
    uint8_t empty[BW_LAN_TAG_BYTES], tag[BW_LAN_TAG_BYTES], again[BW_LAN_TAG_BYTES];
    static const uint8_t zero[BW_LAN_TAG_BYTES];
    bw_lan_list_tag(&one, empty);
    assert_memory_not_equal(empty, zero, sizeof zero);
    assert_true(bw_lan_list_add(&one, "a", 1) && bw_lan_list_add(&one, "b", 1));
    assert_true(bw_lan_list_add(&other, "b", 1) && bw_lan_list_add(&other, "a", 1));
    bw_lan_list_tag(&one, tag);
    bw_lan_list_tag(&other, again);
    assert_memory_equal(tag, again, sizeof tag);
    assert_memory_not_equal(tag, empty, sizeof tag);
    bw_lan_list_finish(&one);
    bw_lan_list_finish(&other);
}

int
main(void)
{
    static const uint8_t secret[BW_LAN_KEY_BYTES] = {1};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_read_by_its_sessions_key_alone),
        cmocka_unit_test(every_request_has_the_same_length),
        cmocka_unit_test(a_request_with_any_character_changed_is_none),
        cmocka_unit_test(a_letter_is_asked_for_by_a_letters_name_alone),
        cmocka_unit_test(an_answer_is_to_its_own_request_alone),
        cmocka_unit_test(a_list_is_read_without_what_is_not_its_writers),
        cmocka_unit_test(the_tag_is_the_names_in_whatever_order),
    };
    if (bw_core_init(NULL) != BW_OK) {
        return 1;
    }
    bw_details_lan_key(secret, 7, keys[0]);
    bw_details_lan_key(secret, 8, keys[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
