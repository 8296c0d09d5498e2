/* Memory that ends, at every allocation of letters of each kind, and of enrolments: what
 * fails says so, and what was said to be done is whole. */
#include "tests/sync/exchange/failing_memory.h"
#include "tests/sync/exchange/letter/letter_help.h"
#include "tests/sync/testing.h"

#include "exchange/letter/enrolment.h"

#include <brugwachter/core.h>
#include <stdlib.h>
#include <string.h>

static struct bw_identity hand, reader;

static enum bw_status
seal_and_open(const struct bw_letter_head *head, const void *content, size_t length,
    struct bw_letter_head *ret_head, char **ret_content, size_t *ret_length,
    struct bw_error *err)
{
    struct bw_letter_reader readers[1];
    unsigned char *letter = NULL;
    size_t bytes = 0;
    memcpy(readers[0].box, reader.box_public, sizeof readers[0].box);
    enum bw_status status =
        bw_letter_seal(head, &hand, readers, 1, content, length, &letter, &bytes, err);
    if (status == BW_OK) {
        status = bw_letter_open(letter, bytes, hand.sign_public, &reader, ret_head,
            ret_content, ret_length, err);
    }
    free(letter);
    return status;
}

static enum bw_status
events_written(struct bw_letter_head *ret_head, char **ret_content, size_t *ret_length,
    struct bw_error *err)
{
    struct bw_events_letter letter = {.writer = 3,
        .from = 1,
        .to = 3,
        .counter = 2,
        .head_seq = 3,
        .hello = {.version = "1", .battery_percent = -1}};
    struct bw_events_writer *writer = NULL;
    size_t length = 0;
    enum bw_status status = bw_events_writer_create(&letter, &writer, err);
    for (uint64_t seq = 1; status == BW_OK && seq <= letter.to; seq++) {
        struct bw_event event = {.id = {3, seq},
            .kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_TICKET,
            .operated_by = BW_OPERATOR_STAFF,
            .session_no = 7,
            .home_session_no = 7,
            .code = 1000 + seq};
        bw_event_hash(&event, event.hash);
        status = bw_events_writer_add(writer, &event, NULL, 0, err);
    }
    if (status == BW_OK) {
        struct bw_letter_head head;
        const unsigned char *content = bw_events_writer_content(writer, &length);
        bw_events_letter_head(&letter, &head);
        status =
            seal_and_open(&head, content, length, ret_head, ret_content, ret_length, err);
    }
    bw_events_writer_destroy(writer);
    return status;
}

static enum bw_status
events_letter(struct bw_error *err)
{
    struct bw_letter_head head;
    struct bw_events_letter read;
    char *content = NULL;
    size_t length = 0;
    enum bw_status status = events_written(&head, &content, &length, err);
    if (status == BW_OK) {
        status = bw_events_read(&head, content, length, &read, NULL, NULL, err);
        bw_letter_content_free(content, length);
    }
    return status;
}

static char *roster_text; /* made before memory ends */
static struct bw_roster_letter roster;

/* Reads a roster letter, and writes what it read. */
static enum bw_status
roster_letter(struct bw_error *err)
{
    struct bw_letter_head head;
    struct bw_roster_writer *writer = NULL;
    char *content = NULL, *again = NULL;
    size_t length = 0;
    bw_roster_letter_head(&roster, &head);
    enum bw_status status = seal_and_open(
        &head, roster_text, strlen(roster_text), &head, &content, &length, err);
    if (status == BW_OK) {
        status = bw_roster_writer_create(&roster, &writer, err);
    }
    if (status == BW_OK) {
        struct bw_roster_sink sink = bw_roster_writer_sink(writer);
        status = bw_roster_read(&head, content, length, &sink, NULL, NULL, err);
    }
    if (status == BW_OK) {
        status = bw_roster_writer_text(writer, 1, 1, &again, err);
    }
    if (status == BW_OK) {
        assert_string_equal(again, roster_text);
    }
    bw_roster_writer_destroy(writer);
    bw_letter_content_free(content, length);
    free(again);
    return status;
}

static enum bw_status
introduction_letter(struct bw_error *err)
{
    struct bw_introduction introduction, read;
    struct bw_letter_head head;
    static const uint8_t store_id[32] = {4};
    char *text = NULL, *content = NULL;
    size_t length = 0;
    bw_introduction_make(3, store_id, &reader, &hand, &introduction);
    bw_introduction_head(&introduction, &head);
    enum bw_status status = bw_introduction_write(&introduction, &text, err);
    if (status == BW_OK) {
        status = seal_and_open(&head, text, strlen(text), &head, &content, &length, err);
    }
    if (status == BW_OK) {
        status = bw_introduction_read(&head, content, length, &read, err);
    }
    bw_letter_content_free(content, length);
    free(text);
    return status;
}

static enum bw_status
enrolment_text(struct bw_error *err)
{
    struct bw_enrolment_file file = {.enrolment = {.device = 3,
                                         .name = "Balie",
                                         .sessions_count = 1,
                                         .sessions = {"S-1"},
                                         .keyring = {.count = 1, .keys = {{.key = 1}}}},
        .carriers = {.count = 1, .uris = {"folder:/srv/post"}},
        .expires_ms = 1};
    struct bw_enrolment_file read = {.expires_ms = 0};
    char *text = NULL;
    bw_identity_show(&hand, &file.organiser);
    bw_enrolment_file_sign(&file, hand.sign_secret);
    enum bw_status status = bw_enrolment_file_write(&file, &text, err);
    if (status == BW_OK) {
        status = bw_enrolment_file_read(text, strlen(text), &read, err);
    }
    bw_enrolment_file_finish(&read);
    bw_enrolment_text_free(text);
    return status;
}

#define A_TRIAL(name, work_of)                                                           \
    static void name(void **state)                                                       \
    {                                                                                    \
        (void)state;                                                                     \
        failing_memory_try(&(struct memory_trial){.work = (work_of), .stride = 1});      \
    }

A_TRIAL(an_events_letter, events_letter)
A_TRIAL(a_roster_letter, roster_letter)
A_TRIAL(an_introduction, introduction_letter)
A_TRIAL(an_enrolment, enrolment_text)

/* A roster that is given up half made, and then another text. */
static void
memory_that_ended_in_a_text_given_up_fails_no_later_one(void **state)
{
    static const struct bw_roster_letter empty = {.device = 3, .session_no = 7};
    bool ended = true;
    (void)state;
    for (int64_t n = 0; ended; n++) {
        struct bw_roster_writer *writer = NULL;
        struct bw_introduction introduction;
        struct bw_error err = {.text = ""};
        char *text = NULL;
        failing_memory_arm(n);
        (void)!bw_roster_writer_create(&empty, &writer, &err);
        ended = failing_memory_struck();
        failing_memory_arm(-1);
        bw_roster_writer_destroy(writer);
        bw_introduction_make(3, (const uint8_t[32]){4}, &reader, &hand, &introduction);
        if (bw_introduction_write(&introduction, &text, &err) != BW_OK) {
            fail_msg("after allocation %d: %s", (int)n, err.text);
        }
        free(text);
    }
}

static int
install(void **state)
{
    (void)state;
    if (!failing_memory_install() || bw_core_init(NULL) != BW_OK) {
        return -1;
    }
    hand = letter_identity(1);
    reader = letter_identity(2);
    roster_text = letter_roster(&roster);
    return 0;
}

static int
uninstall(void **state)
{
    (void)state;
    free(roster_text);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_events_letter),
        cmocka_unit_test(a_roster_letter),
        cmocka_unit_test(an_introduction),
        cmocka_unit_test(an_enrolment),
        cmocka_unit_test(memory_that_ended_in_a_text_given_up_fails_no_later_one),
    };
    return cmocka_run_group_tests(tests, install, uninstall);
}
