/* The staff card at the desk: it opens names, and lets nobody in. */
#include "tests/core/desk/help.h"

#include "core/desk/base/state.h"

#include <brugwachter/store_names.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static char card[BW_STAFF_CARD_TEXT_BYTES], other[BW_STAFF_CARD_TEXT_BYTES];

/* With names that are open, and a card that opens them from now on. */
static void
open_with_card(void)
{
    struct bw_error err = {0};
    uint8_t secret[BW_STAFF_CARD_BYTES];
    open_desk(5, 0);
    bw_staff_card_make(card);
    bw_staff_card_make(other);
    assert_true(bw_staff_card_read(card, secret));
    assert_int_equal(bw_store_names_unlock(desk->store, "271828", &err), BW_OK);
    assert_int_equal(bw_store_names_keep_card(desk->store, secret, &err), BW_OK);
}

static const struct bw_answer *
hold_up(const char *text, enum bw_operator operated_by, bool keep)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_CARD);
    command.operated_by = operated_by;
    command.card.keep = keep;
    (void)strcpy(command.card.text, text);
    return run(&command);
}

static void
card_opens_names_and_writes_nothing(void **state)
{
    (void)state;
    open_with_card();
    uint64_t before = events();
    bw_store_names_lock(desk->store);
    assert_int_equal(hold_up(other, BW_OPERATOR_ATTENDEE, false)->card, BW_CARD_OTHER);
    assert_int_equal(
        hold_up("BWM1:nothing", BW_OPERATOR_ATTENDEE, false)->card, BW_CARD_OTHER);
    assert_int_equal(hold_up(card, BW_OPERATOR_ATTENDEE, false)->card, BW_CARD_OPENED);
    assert_int_equal(hold_up(card, BW_OPERATOR_ATTENDEE, false)->card, BW_CARD_KNOWN);
    assert_int_equal(hold_up(other, BW_OPERATOR_ATTENDEE, false)->card, BW_CARD_OTHER);
    assert_int_equal(events(), before);
    close_desk();
}

static void
card_is_kept_by_staff_alone_and_while_names_are_open(void **state)
{
    (void)state;
    open_with_card();
    assert_int_equal(hold_up(other, BW_OPERATOR_ATTENDEE, true)->kind, BW_ANSWER_ERROR);
    assert_int_equal(hold_up(other, BW_OPERATOR_STAFF, true)->card, BW_CARD_KEPT);
    bw_store_names_lock(desk->store);
    assert_int_equal(hold_up(card, BW_OPERATOR_STAFF, false)->card, BW_CARD_OTHER);
    assert_int_equal(hold_up(card, BW_OPERATOR_STAFF, true)->kind, BW_ANSWER_ERROR);
    assert_int_equal(hold_up(other, BW_OPERATOR_DOOR, false)->card, BW_CARD_OPENED);
    close_desk();
}

/* Where somebody hands it to the scanner of a gate, say. */
static void
card_that_is_scanned_as_a_ticket_is_none(void **state)
{
    (void)state;
    open_with_card();
    struct bw_command command = staff(BW_COMMAND_SCAN);
    uint64_t before = events();
    (void)strcpy(command.scan.text, card);
    assert_verdict(run(&command), BW_VERDICT_NOT_A_TICKET);
    assert_int_equal(events(), before);
    close_desk();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(card_opens_names_and_writes_nothing),
        cmocka_unit_test(card_is_kept_by_staff_alone_and_while_names_are_open),
        cmocka_unit_test(card_that_is_scanned_as_a_ticket_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
