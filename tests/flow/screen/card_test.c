/* The staff card at the screens: it brings names back, unlocks nothing, and is learnt at
 * the staff's list alone. */
#include "tests/flow/flow_help.h"

#include <brugwachter/staff_card.h>
#include <brugwachter/store_names.h>
#include <core/desk/desk.h>
#include <flow/base/state.h>
#include <sodium.h>

#define NEW_PIN "314159"

static char card[BW_STAFF_CARD_TEXT_BYTES], other[BW_STAFF_CARD_TEXT_BYTES];

/* Staff hold up a card at their list, and say yes. */
static void
learn(const char *text)
{
    day_unlock(&day);
    day_show(&day, text);
    expect("dialog", "card.q");
    expect("dialog_text", "card.qp");
    touch(YES);
    expect("toast", "card.kept");
    expect("sound", "done");
    touch(LOCK);
    expect("screen", "idle");
}

/* As after a start: this desk has no key, and its next overview says so. */
static void
lock_names(void)
{
    bw_store_names_drop(bw_desk_take_names(day.desk));
    pass(10000);
    expect("screen", "pin");
    expect("pin_hint", "pin.card");
}

static void
make_cards(void)
{
    bw_staff_card_make(card);
    bw_staff_card_make(other);
}

static void
card_brings_names_back_and_unlocks_nothing(void **state)
{
    (void)state;
    make_cards();
    learn(card);
    lock_names();
    assert_true(day.camera_on);
    day_show(&day, card);
    expect("screen", "idle");
    expect("notice", "card.open");
    expect("sound", "done");
    assert_false(bw_flow_is_staff(day.flow));
    assert_int_equal(day.commands[BW_COMMAND_SCAN], 0);
    scan(FATIMA);
    expect("verdict", "welcome");
    expect("name", "Fatima");
}

static void
card_of_another_kiosk_leaves_the_question_standing(void **state)
{
    (void)state;
    make_cards();
    learn(card);
    lock_names();
    day_show(&day, other);
    expect("screen", "pin");
    expect("pin_hint", "card.other");
    expect("sound", "no");
    pass(10000);
    expect("pin_hint", "pin.card");
    touch(BACK);
    day_show(&day, "BWM1:CUT");
    expect("screen", "idle");
    expect("notice", "card.other");
    expect("sound", "no");
    assert_int_equal(day.commands[BW_COMMAND_SCAN], 0);
    day_show(&day, card); /* where nobody asked for it, too */
    expect("notice", "card.open");
    expect("sound", "done");
}

static void
next_card_ends_the_one_before(void **state)
{
    (void)state;
    make_cards();
    learn(card);
    pass(4000);
    learn(other);
    lock_names();
    day_show(&day, card);
    expect("pin_hint", "card.other");
    expect("sound", "no");
    day_show(&day, other);
    expect("screen", "idle");
    expect("sound", "done");
}

static void
visitor_s_card_is_never_kept_nor_one_that_staff_say_no_to(void **state)
{
    (void)state;
    make_cards();
    day_unlock(&day);
    touch(LOCK);
    day_show(&day, card);
    expect("screen", "idle");
    expect("dialog", "");
    expect("notice", "card.other");
    expect("sound", "no");
    pass(4000);
    day_unlock(&day);
    day_show(&day, card);
    expect("dialog", "card.q");
    touch(NO);
    expect("dialog", "");
    assert_int_equal(day.commands[BW_COMMAND_CARD], 2);
    day_show(&day, "BWM1:CUT");
    expect("dialog", "");
    expect("toast", "card.other");
    expect("sound", "no");
}

static void
no_way_out_of_the_question_leaves_a_card_s_text_behind(void **state)
{
    (void)state;
    static const enum bw_action ways[] = {
        BW_ACTION_NO, BW_ACTION_YES, BW_ACTION_BACK, BW_ACTION_CANCEL, BW_ACTION_LOCK};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        make_cards();
        day_unlock(&day);
        day_show(&day, card);
        expect("dialog", "card.q");
        assert_string_equal(day.flow->dialog.command.card.text, card);
        day_touch(&day, ways[i], 0);
        expect("dialog", "");
        assert_string_equal(day.flow->dialog.command.card.text, "");
        touch(LOCK);
    }
}

/* The kiosk is enrolled anew with another PIN while its names are locked. */
static void
change_pin(void)
{
    struct bw_store *store = fixture_store(&day.fx, BW_STORE_SYNC);
    struct bw_enrolment enrolment = *bw_store_enrolment(store);
    assert_int_equal(crypto_pwhash_str(enrolment.pin_hash, NEW_PIN, strlen(NEW_PIN),
                         crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN),
        0);
    assert_int_equal(bw_store_enrol(store, &enrolment, NULL), BW_OK);
    bw_store_close(store);
    bw_store_names_drop(bw_desk_take_names(day.desk));
    pass(10000);
    expect("screen", "pin");
    day_write(&day, NEW_PIN);
    expect("screen", "pin");
    expect("pin_hint", "pin.before");
    assert_true(day.camera_on);
}

static void
pin_that_changed_while_names_were_locked_asks_for_the_one_before(void **state)
{
    (void)state;
    day_unlock(&day);
    touch(LOCK);
    change_pin();
    day_write(&day, "000000");
    expect("pin_hint", "pin.bad");
    expect("sound", "no");
    day_write(&day, FIXTURE_PIN);
    expect("screen", "idle");
    expect("sound", "done");
    assert_false(bw_flow_is_staff(day.flow));
    scan(FATIMA);
    expect("verdict", "welcome");
    expect("name", "Fatima");
}

static void
card_opens_names_in_the_one_before_s_stead(void **state)
{
    (void)state;
    make_cards();
    learn(card);
    change_pin();
    day_show(&day, card);
    expect("screen", "idle");
    expect("sound", "done");
    scan(FATIMA);
    expect("verdict", "welcome");
    expect("name", "Fatima");
}

/* Nobody knows it: the way on is the new one once more, or back without names. */
static void
new_pin_once_more_gives_names_up_and_the_way_back_doesn_t(void **state)
{
    (void)state;
    day_unlock(&day);
    touch(LOCK);
    change_pin();
    touch(BACK);
    expect("screen", "idle");
    expect("sound", "done");
    touch(STAFF);
    day_write(&day, NEW_PIN);
    expect("pin_hint", "pin.before");
    day_write(&day, NEW_PIN);
    expect("screen", "staff");
    expect("sound", "done");
    touch(LOCK);
    scan(FATIMA);
    expect("verdict", "welcome");
    expect("name", "");
    touch(DONE);
    touch(STAFF);
    day_write(&day, FIXTURE_PIN);
    expect("pin_hint", "pin.bad"); /* the old one opens nothing any more */
    expect("sound", "no");
}

static void
ticket_is_read_while_the_question_for_names_stands(void **state)
{
    (void)state;
    make_cards();
    learn(card);
    lock_names();
    scan(FATIMA);
    expect("verdict", "welcome");
    expect("name", "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(card_brings_names_back_and_unlocks_nothing),
        sentence(card_of_another_kiosk_leaves_the_question_standing),
        sentence(next_card_ends_the_one_before),
        sentence(visitor_s_card_is_never_kept_nor_one_that_staff_say_no_to),
        sentence(no_way_out_of_the_question_leaves_a_card_s_text_behind),
        sentence(pin_that_changed_while_names_were_locked_asks_for_the_one_before),
        sentence(card_opens_names_in_the_one_before_s_stead),
        sentence(new_pin_once_more_gives_names_up_and_the_way_back_doesn_t),
        sentence(ticket_is_read_while_the_question_for_names_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
