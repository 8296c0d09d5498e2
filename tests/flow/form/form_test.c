/* 10: somebody who is not on the list. */
#include "tests/flow/flow_help.h"

static void
start_form(void)
{
    day_unlock(&day);
    touch(WALK_IN);
    expect("step", "audience");
    touch(AUDIENCE_YES);
    expect("step", "region");
    day_touch(&day, BW_ACTION_REGION, 0);
    expect("step", "fields");
}

static void
walk_in_gets_a_place_while_nobody_waits(void **state)
{
    (void)state;
    start_form();
    expect("buttons", "back wi.queue wi.give");
    day_write(&day, "noor de wit-van der berg");
    expect("form_name", "Noor de Wit-van der Berg");
    touch(ADMIT);
    expect("screen", "staff");
    expect("toast", "to.in");
    expect("present", "1");
}

static void
nothing_is_sent_without_a_name(void **state)
{
    (void)state;
    start_form();
    touch(ADMIT);
    expect("missing", "1");
    expect("sound", "no");
    expect("screen", "form");
    day_write(&day, "n");
    expect("missing", "0");
}

static void
people_who_wait_go_first_unless_there_is_a_reason(void **state)
{
    (void)state;
    scan(WIM);
    touch(DONE);
    pass(1000);
    start_form();
    expect("buttons", "back wi.giveany wi.queue");
    day_write(&day, "noor");
    touch(ADMIT);
    expect("dialog", "wi.sure");
    touch(NO);
    expect("dialog", "");
    touch(ADMIT);
    touch(YES);
    expect("field", "reason");
    expect("form_for", "Noor"); /* who it is about stands over the reason */
    touch(ADMIT);
    expect("screen", "form");
    expect("sound", "no");
    day_write(&day, "spreker");
    touch(ADMIT);
    expect("toast", "to.in");
    expect("present", "1");
}

static void
walk_in_joins_the_row(void **state)
{
    (void)state;
    scan(WIM);
    touch(DONE);
    pass(1000);
    start_form();
    day_write(&day, "noor");
    touch(QUEUE);
    expect("screen", "staff");
    expect("toast", "to.queued");
    pass(1000);
    expect("waiting", "2");
    expect("present", "0");
}

/* Another region is allowed; a known one is written as it is known. */
static void
somebody_from_elsewhere_says_which_region(void **state)
{
    (void)state;
    static const char *const typed[][2] = {{"drenthe", "Drenthe"}, {"noord", "Noord"}};
    day_unlock(&day);
    for (int i = 0; i < 2; i++) {
        touch(WALK_IN);
        touch(AUDIENCE_YES);
        day_touch(&day, BW_ACTION_REGION, day.view.overview.regions_count + 1);
        expect("step", "region");
        day_touch(&day, BW_ACTION_REGION, day.view.overview.regions_count);
        expect("step", "fields");
        expect("field", "region");
        expect("buttons", "back wi.reason.b");
        touch(ADMIT);
        expect("missing", "1");
        day_write(&day, typed[i][0]);
        touch(ADMIT);
        expect("field", "name");
        expect("form_region", typed[i][1]);
        expect("buttons", "back wi.queue wi.give");
        day_write(&day, "noor");
        touch(ADMIT);
        expect("toast", "to.in");
    }
    day_touch(&day, BW_ACTION_TAB, BW_LIST_PRESENT);
    assert_string_equal(day.view.staff.rows[0].row.person.region, "Drenthe");
    assert_string_equal(day.view.staff.rows[1].row.person.region, "Noord");
}

static void
form_pressed_twice_is_one_walk_in(void **state)
{
    (void)state;
    start_form();
    day_write(&day, "noor");
    day.holds = true;
    touch(ADMIT);
    touch(ADMIT);
    day.holds = false;
    day_let_go(&day);
    expect("present", "1");
}

static void
half_typed_form_survives_the_lock(void **state)
{
    (void)state;
    start_form();
    day_write(&day, "noor");
    pass(120000);
    expect("screen", "idle");
    day_unlock(&day);
    touch(WALK_IN);
    expect("step", "fields");
    expect("form_name", "Noor");
    expect("form_region", "Noord");
    touch(CANCEL);
    touch(WALK_IN);
    expect("step", "audience");
    expect("form_name", "");
}

static void
form_that_was_sent_as_it_locked_is_not_sent_again(void **state)
{
    (void)state;
    start_form();
    day_write(&day, "noor");
    day.holds = true;
    touch(ADMIT);
    touch(LOCK);
    day.holds = false;
    day_let_go(&day);
    day_unlock(&day);
    expect("present", "1");
    touch(WALK_IN);
    expect("form_name", "");
}

static void
refused_walk_in_is_told_and_its_words_are_kept(void **state)
{
    (void)state;
    close_house(NULL);
    fill_house(2, 0);
    day_open(&day, NULL);
    start_form();
    expect("buttons", "back wi.queue");
    day_write(&day, "noor");
    touch(ADMIT); /* no button stands for it: the desk refuses all the same */
    touch(YES);
    day_write(&day, "toch");
    touch(ADMIT);
    expect("screen", "staff");
    expect("toast", "to.full");
    expect("sound", "no");
    touch(WALK_IN);
    expect("form_name", "Noor");
    touch(QUEUE);
    expect("toast", "to.queued");
}

static void
no_is_a_referral_that_is_counted_and_no_admission(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *audience;
        int days;
    } items[] = {
        {"question_hour", "brugfunctionaris", 1},
        {"workshop", "schoolleider", 2},
        {"question_hour", "schoolleider", 9},
        {"question_hour", "gemeente", 5},
        {"question_hour", "gemeente", -5},
    };
    enum { ITEMS = sizeof items / sizeof *items };
    struct bw_agenda_item agenda[ITEMS] = {0};
    for (int i = 0; i < ITEMS; i++) {
        struct bw_agenda_item *item = &agenda[i];
        item->starts_ms = FIXTURE_START_MS + items[i].days * 24 * 60 * FIXTURE_MINUTE_MS;
        item->ends_ms = item->starts_ms + 60 * FIXTURE_MINUTE_MS;
        (void)strcpy(item->kind, items[i].kind);
        (void)strcpy(item->title, "Vragenuur");
        (void)strcpy(item->audience, items[i].audience);
    }
    fixture_agenda(&day.fx, agenda, ITEMS);
    day_unlock(&day);
    touch(WALK_IN);
    touch(AUDIENCE_NO);
    expect("step", "referral");
    expect("referral", "wi.no");
    expect("audience", "gemeente");
    assert_int_equal(
        day.view.form.values.date_ms, FIXTURE_START_MS + 5 * 24 * 60 * FIXTURE_MINUTE_MS);
    uint64_t before = day.view.overview.events;
    touch(DONE);
    expect("screen", "staff");
    pass(1000);
    assert_int_equal(day.view.overview.events, before + 1);
    expect("present", "0");
}

static void
without_a_date_the_referral_names_none(void **state)
{
    (void)state;
    day_unlock(&day);
    touch(WALK_IN);
    touch(AUDIENCE_NO);
    expect("referral", "wi.no0");
}

static void
schools_of_the_roster_are_suggested(void **state)
{
    (void)state;
    start_form();
    day_touch(&day, BW_ACTION_FIELD, BW_FIELD_SCHOOL);
    expect("suggestions", "0");
    day_write(&day, "brug");
    expect("suggestions", "1");
    expect("suggestion", "OBS De Brug");
    day_touch(&day, BW_ACTION_ROW, 0);
    expect("form_school", "OBS De Brug");
    expect("suggestions", "0");
    day_touch(&day, BW_ACTION_ROW, 3);
    expect("form_school", "OBS De Brug");
}

static void
write_anna(void)
{
    touch(WALK_IN);
    touch(AUDIENCE_YES);
    day_touch(&day, BW_ACTION_REGION, 0);
    day_write(&day, "anna de vries");
    day_touch(&day, BW_ACTION_FIELD, BW_FIELD_SCHOOL);
    day_write(&day, "obs de brug");
    touch(ADMIT);
    expect("screen", "staff");
    expect("dialog", "wi.alike");
    expect("dialog_name", "Anna de Vries");
}

/* Anna de Vries of OBS De Brug stands on the list. */
static void
walk_in_like_somebody_on_the_list_is_asked_about(void **state)
{
    (void)state;
    day_unlock(&day);
    write_anna();
    expect("present", "0");
    touch(NO);
    expect("screen", "form"); /* all stands there as it was typed */
    touch(ADMIT);
    expect("screen", "staff");
    expect("present", "1");
    write_anna();
    touch(YES);
    expect("screen", "staff");
    expect("present", "1");
    expect("rows", "2"); /* the one on the list, and her namesake */
    expect("row", "Anna");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        sentence(walk_in_gets_a_place_while_nobody_waits),
        sentence(nothing_is_sent_without_a_name),
        sentence(walk_in_like_somebody_on_the_list_is_asked_about),
        sentence(people_who_wait_go_first_unless_there_is_a_reason),
        sentence(walk_in_joins_the_row),
        sentence(somebody_from_elsewhere_says_which_region),
        sentence(form_pressed_twice_is_one_walk_in),
        sentence(half_typed_form_survives_the_lock),
        sentence(form_that_was_sent_as_it_locked_is_not_sent_again),
        sentence(refused_walk_in_is_told_and_its_words_are_kept),
        sentence(no_is_a_referral_that_is_counted_and_no_admission),
        sentence(without_a_date_the_referral_names_none),
        sentence(schools_of_the_roster_are_suggested),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
