/* 09, 10b, 10c: the list. */
#include "tests/flow/flow_help.h"

static const char *
button_of(const char *first_name)
{
    return day.view.staff.rows[row_of(first_name)].button.key;
}

static void
check_in_undo_and_again_keep_the_row_in_its_place(void **state)
{
    (void)state;
    day_unlock(&day);
    expect("rows", "2");
    expect("row", "Fatima");
    expect("row_button", "st.in");
    tap("Fatima");
    expect("toast", "to.in");
    expect("toast_name", "Fatima el Amrani");
    expect("sound", "done");
    expect("row", "Fatima");
    expect("row_button", "st.undo");
    expect("changed", "1");
    expect("present", "1");
    tap("Fatima");
    expect("toast", "st.undone");
    expect("toast_name", "Fatima el Amrani");
    expect("sound", "back");
    expect("buttons", "st.redo");
    expect("present", "0");
    touch(REDO);
    expect("present", "1");
    expect("row_button", "st.undo");
    pass(6000);
    expect("toast", "");
}

static void
letters_stand_in_the_list_and_lead_to_one(void **state)
{
    (void)state;
    for (int i = 0; i < 12; i++) {
        char code[9] = "HHHH00AA", last[] = "Aa";
        code[6] = (char)('A' + i);
        last[0] = (char)('A' + 2 * i);
        fixture_person(&day.fx, code, "Kim", last, BW_CONFIRMED, 0);
    }
    day_unlock(&day);
    assert_true(day.view.staff.has_letters);
    touch(LETTERS);
    assert_true(day.view.staff.letters);
    touch(BACK);
    assert_false(day.view.staff.letters);
    touch(LETTERS);
    day_touch(&day, BW_ACTION_LETTER, 'k');
    assert_false(day.view.staff.letters);
    assert_string_equal(day.view.staff.rows[0].row.person.name, "Ka");
    expect("screen", "staff");
    touch(PREVIOUS);
    assert_string_not_equal(day.view.staff.rows[0].row.person.name, "Ka");
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    assert_false(day.view.staff.has_letters);
    touch(LETTERS);
    assert_false(day.view.staff.letters);
}

static void
those_present_are_sorted_by_time_at_a_touch(void **state)
{
    (void)state;
    day_unlock(&day);
    tap("Fatima");
    pass(60000);
    touch(BACK);
    pass(1000);
    day_unlock(&day);
    tap("Anna");
    assert_false(day.view.staff.has_times);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_PRESENT);
    assert_true(day.view.staff.has_times);
    assert_int_equal(row_of("Fatima"), 0);
    touch(SORT);
    assert_true(day.view.staff.by_time);
    assert_int_equal(row_of("Anna"), 0);
    touch(SORT);
    assert_int_equal(row_of("Fatima"), 0);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_GUESTS);
    expect("rows", "0");
}

static void
search_is_empty_for_the_next_name_after_a_check_in(void **state)
{
    (void)state;
    day_unlock(&day);
    touch(STAFF_SEARCH);
    day_type(&day, "anna");
    tap("Anna");
    expect("toast", "to.in");
    expect("query", "");
    assert_true(day.view.staff.searching);
    expect("buttons", "st.undo");
    expect("present", "1");
    touch(REDO);
    expect("toast", "st.undone");
    expect("toast_name", "Anna de Vries");
    expect("present", "0");
    expect("buttons", "st.redo");
}

static void
word_to_staff_stands_in_the_row_and_goes_with_the_toast(void **state)
{
    (void)state;
    day.fx.attention = "rolstoel";
    fixture_person(&day.fx, "ZZZZ0009", "Zwaan", "Zwart", BW_CONFIRMED, 0);
    day_unlock(&day);
    assert_string_equal(
        day.view.staff.rows[row_of("Zwaan")].row.person.attention, "rolstoel");
    tap("Zwaan");
    expect("toast", "to.in");
    assert_string_equal(day.view.staff.attention, "rolstoel");
    tap("Anna");
    assert_string_equal(day.view.staff.attention, "");
}

static void
redo_goes_with_its_line(void **state)
{
    (void)state;
    day_unlock(&day);
    tap("Anna");
    tap("Anna");
    pass(6000);
    expect("buttons", "");
    touch(REDO);
    expect("present", "0");
}

static void
row_tapped_twice_is_one_command(void **state)
{
    (void)state;
    day_unlock(&day);
    day.holds = true;
    tap("Anna");
    tap("Anna");
    day.holds = false;
    day_let_go(&day);
    assert_int_equal(day.commands[BW_COMMAND_CODE], 1);
    expect("toast", "to.in");
}

static void
locks_by_itself_and_counts_down_in_seconds(void **state)
{
    (void)state;
    day_unlock(&day);
    expect("staff_left", "120");
    pass(1000);
    expect("staff_left", "119");
    pass(118000);
    expect("staff_left", "1");
    expect("screen", "staff");
    pass(1000);
    expect("screen", "idle");
    assert_false(bw_flow_is_staff(day.flow));
}

static void
tickets_going_by_do_not_keep_it_open(void **state)
{
    (void)state;
    day_unlock(&day);
    pass(60000);
    scan(FATIMA);
    expect("toast", "to.in");
    pass(60000);
    expect("screen", "idle");
}

static void
ticket_at_the_list_checks_in_and_shows_a_line(void **state)
{
    (void)state;
    day_unlock(&day);
    expect("camera", "1");
    scan(FATIMA);
    expect("screen", "staff");
    expect("toast", "to.in");
    expect("toast_name", "Fatima el Amrani");
    day_scan(&day, FIXTURE_ELSEWHERE, GUUS, 0);
    expect("toast", "to.other");
    expect("buttons", "st.admit");
    touch(REDO);
    expect("toast", "to.in");
    expect("present", "2");
}

static void
blocked_row_says_whom_to_call(void **state)
{
    (void)state;
    day_unlock(&day);
    day_type(&day, "bob");
    expect("rows", "1");
    expect("row_button", "st.call");
    tap("Bob");
    expect("toast", "st.call");
    expect("present", "0");
}

static void
cancelled_row_becomes_a_walk_in_with_their_name(void **state)
{
    (void)state;
    day_unlock(&day);
    day_type(&day, "carla");
    expect("row_button", "st.walk");
    tap("Carla");
    expect("screen", "form");
    expect("form_name", "Carla Post");
    expect("form_region", "Noord");
}

static void
leaving_and_coming_back(void **state)
{
    (void)state;
    day_unlock(&day);
    tap("Anna");
    day_touch(&day, BW_ACTION_ROW_MORE, row_of("Anna"));
    touch(LEAVES);
    expect("toast", "st.gone");
    expect("present", "0");
    expect("attended", "1");
    assert_string_equal(button_of("Anna"), "st.in");
    tap("Anna");
    expect("toast", "to.in");
}

static void
open_row_tells_what_happened(void **state)
{
    (void)state;
    day_unlock(&day);
    tap("Anna");
    tap("Anna");
    day_touch(&day, BW_ACTION_ROW_MORE, row_of("Anna"));
    assert_int_equal(day.view.staff.history_count, 2);
    assert_int_equal(day.view.staff.history[0].kind, BW_EVENT_ARRIVED);
    assert_int_equal(day.view.staff.history[1].kind, BW_EVENT_UNDONE);
    int anna = row_of("Anna");
    day_touch(&day, BW_ACTION_ROW_MORE, anna);
    assert_int_equal(day.view.staff.history_count, 0);
    day_touch(&day, BW_ACTION_ROW_MORE, row_of("Fatima"));
    assert_int_equal(day.view.staff.history_count, 0);
}

static void
substitute_keeps_the_place(void **state)
{
    (void)state;
    day_unlock(&day);
    day_touch(&day, BW_ACTION_ROW_MORE, row_of("Anna"));
    touch(SUBSTITUTE);
    expect("step", "audience");
    touch(AUDIENCE_YES);
    expect("step", "fields");
    expect("form_for", "Anna de Vries");
    day_write(&day, "karel ten berg");
    expect("form_name", "Karel ten Berg");
    touch(ADMIT);
    expect("screen", "staff");
    expect("toast", "to.in");
    expect("toast_name", "Karel ten Berg");
    expect("present", "1");
    expect("free", "8");
}

/* The substitute for who waits goes by the waitlist: past who is here with a reason. */
static void
substitute_out_of_order_asks_a_reason(void **state)
{
    (void)state;
    scan(WIM);
    touch(DONE);
    day_unlock(&day);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    day_touch(&day, BW_ACTION_ROW_MORE, row_of("Willem"));
    touch(SUBSTITUTE);
    touch(AUDIENCE_YES);
    day_write(&day, "karel ten berg");
    touch(ADMIT);
    expect("screen", "form");
    expect("present", "0");
    assert_int_equal(day.view.form.kind, BW_FORM_REASON);
    day_write(&day, "hele team komt");
    touch(ADMIT);
    expect("screen", "staff");
    expect("toast_name", "Karel ten Berg");
    expect("present", "1");
}

static void
paging_goes_round(void **state)
{
    (void)state;
    fixture_crowd(&day.fx, 9);
    pass(1000);
    day_unlock(&day);
    expect("total", "11");
    touch(NEXT);
    expect("rows", "5");
    touch(NEXT);
    expect("rows", "1");
    touch(NEXT);
    expect("row", "Fatima"); /* el Amrani */
    touch(PREVIOUS);
    expect("row", "Fatima");
}

static void
waiting_row_appears_while_the_list_stands_open(void **state)
{
    (void)state;
    day_unlock(&day);
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    assert_false(day.view.staff.rows[1].row.seen);
    scan(WILLEM);
    pass(1000);
    assert_true(day.view.staff.rows[1].row.seen);
}

static void
release_is_told_what_this_kiosk_does_not_know(void **state)
{
    (void)state;
    fixture_peer(&day.fx, 4, FIXTURE_START_MS - 40 * FIXTURE_MINUTE_MS);
    pass(1000);
    day_until(&day, FIXTURE_START_MS + 20 * FIXTURE_MINUTE_MS);
    day_unlock(&day);
    expect("may_release", "1");
    touch(RELEASE);
    expect("dialog", "st.releaseq");
    expect("dialog_text", "st.releasep");
    touch(NO);
    expect("may_release", "1");
    touch(RELEASE);
    touch(YES);
    expect("toast", "st.released");
    expect("may_release", "0");
    expect("free", "10");
}

static void
nothing_of_the_list_is_kept_behind_the_lock(void **state)
{
    (void)state;
    day_unlock(&day);
    day_type(&day, "wim");
    expect("row", "Wim");
    touch(LOCK);
    expect("screen", "idle");
    day.holds = true;
    day_touch(&day, BW_ACTION_STAFF, 0);
    day.holds = false;
    day_let_go(&day);
    day_write(&day, FIXTURE_PIN);
    expect("query", "");
    expect("row", "Fatima");
}

/* FL8 */
static void
tab_is_lit_when_its_own_rows_stand_there(void **state)
{
    (void)state;
    day_unlock(&day);
    day.holds = true;
    day_touch(&day, BW_ACTION_TAB, BW_LIST_WAITLIST);
    assert_int_equal(day.view.staff.filter, BW_LIST_EXPECTED);
    expect("row", "Fatima");
    day_let_go(&day);
    assert_int_equal(day.view.staff.filter, BW_LIST_WAITLIST);
    expect("row", "Wim");
}

static void
tab_is_not_lit_above_what_was_found_for_a_text(void **state)
{
    (void)state;
    day_unlock(&day);
    day_type(&day, "wim");
    assert_true(day.view.staff.found);
    day.holds = true;
    touch(CLEAR);
    expect("query", "");
    assert_true(day.view.staff.found);
    expect("row", "Wim");
    day_let_go(&day);
    assert_false(day.view.staff.found);
    expect("row", "Fatima");
}

/* Sixteen more people, in pages of five. */
static void
page_is_numbered_as_its_own_rows_are(void **state)
{
    (void)state;
    for (int i = 0; i < 16; i++) {
        char code[9] = "HHHH00AA";
        code[6] = (char)('A' + i);
        fixture_person(&day.fx, code, "Kim", "Jansen", BW_CONFIRMED, 0);
    }
    day_unlock(&day);
    day.holds = true;
    touch(NEXT);
    assert_int_equal(day.view.staff.first, 1);
    day_let_go(&day);
    assert_int_equal(day.view.staff.first, 6);
    assert_int_equal(day.view.staff.rows_count, 5);
}

static void
nobody_is_said_once_that_is_known(void **state)
{
    (void)state;
    day_unlock(&day);
    touch(EVACUATE);
    day.holds = true;
    touch(BACK);
    expect("screen", "staff");
    expect("rows", "0");
    assert_string_equal(day.view.staff.empty, "");
    day_let_go(&day);
    expect("rows", "2");
    day_touch(&day, BW_ACTION_TAB, BW_LIST_PRESENT);
    day_let_go(&day);
    expect("rows", "0");
    assert_string_equal(day.view.staff.empty, "st.empty");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(check_in_undo_and_again_keep_the_row_in_its_place),
        sentence(search_is_empty_for_the_next_name_after_a_check_in),
        sentence(letters_stand_in_the_list_and_lead_to_one),
        sentence(those_present_are_sorted_by_time_at_a_touch),
        sentence(word_to_staff_stands_in_the_row_and_goes_with_the_toast),
        sentence(redo_goes_with_its_line),
        sentence(row_tapped_twice_is_one_command),
        sentence(tab_is_lit_when_its_own_rows_stand_there),
        sentence(tab_is_not_lit_above_what_was_found_for_a_text),
        sentence(page_is_numbered_as_its_own_rows_are),
        sentence(nobody_is_said_once_that_is_known),
        sentence(locks_by_itself_and_counts_down_in_seconds),
        sentence(tickets_going_by_do_not_keep_it_open),
        sentence(ticket_at_the_list_checks_in_and_shows_a_line),
        sentence(blocked_row_says_whom_to_call),
        sentence(cancelled_row_becomes_a_walk_in_with_their_name),
        sentence(leaving_and_coming_back),
        sentence(open_row_tells_what_happened),
        sentence(substitute_keeps_the_place),
        sentence(substitute_out_of_order_asks_a_reason),
        sentence(paging_goes_round),
        sentence(waiting_row_appears_while_the_list_stands_open),
        sentence(release_is_told_what_this_kiosk_does_not_know),
        sentence(nothing_of_the_list_is_kept_behind_the_lock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
