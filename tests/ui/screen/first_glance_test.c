/* What a person sees at the first glance: one thing to do, and it goes on. */
#include "tests/ui/ui_help.h"

/* Where the keys are the way on, and where there is none: the session is over, nobody is
 * there, all is green. */
static const char *const without[] = {"search", "search_empty_digits", "pin", "pin_wrong",
    "pin_card", "pin_before", "pin_scan", "pin_locked", "idle_over", "agenda",
    "agenda_strolling", "agenda_empty", "check_good"};

/* Nothing is left to do on these. */
static const char *const done_on[] = {"welcome", "welcome_early", "welcome_walking",
    "welcome_long", "welcome_arabic", "welcome_guest", "welcome_rehearsal",
    "welcome_larger", "welcome_aloud", "already_in", "other_session_full", "too_early",
    "waitlisted_behind", "waitlisted_later"};

static bool
is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}
#define AMONG(name, names) is_among((name), (names), sizeof(names) / sizeof *(names))

static enum bw_action
count_kind(const struct bw_ui_page *page, bool sunny, int *ret_count)
{
    enum bw_action first = BW_ACTION_NONE;
    *ret_count = 0;
    for (int i = 0; i < page->targets_count; i++) {
        const struct bw_ui_target *target = &page->targets[i];
        bool key = target->action == BW_ACTION_KEY || target->action == BW_ACTION_DELETE;
        bool counts =
            (sunny ? target->sunny : target->primary) && !key && target->action != first;
        *ret_count += counts;
        first = counts ? target->action : first;
    }
    return first;
}

/* The one dark action, or where none is dark the sunny one; NONE: there is none, or
 * (told in `ret_count`) several. The same action in each row of a list is one. */
static enum bw_action
primary_of(const struct bw_ui_page *page, int *ret_count)
{
    enum bw_action dark = count_kind(page, false, ret_count);
    return *ret_count > 0 ? dark : count_kind(page, true, ret_count);
}

static bool
dismisses(enum bw_action action)
{
    return action == BW_ACTION_DONE || action == BW_ACTION_CANCEL ||
           action == BW_ACTION_NO || action == BW_ACTION_LOCK ||
           action == BW_ACTION_LANGUAGE;
}

static void
every_screen_names_one_primary_action(void **state)
{
    (void)state;
    int faults = 0;
    for (int i = 0; i < samples_count; i++) {
        int count;
        sample_view(i, BW_DUTCH, bw_ui_list_rows(ui), &view);
        bw_ui_lay_out(ui, &view);
        enum bw_action action = primary_of(bw_ui_page(ui), &count);
        bool wants = !AMONG(samples[i].name, without);
        if (count > 1 || (wants && count == 0)) {
            print_message("%s: %d, the last is %d\n", samples[i].name, count, action);
            faults++;
        }
    }
    assert_int_equal(faults, 0);
}

static void
dismissal_is_not_primary_where_a_step_is_left(void **state)
{
    (void)state;
    for (int i = 0; i < samples_count; i++) {
        int count;
        sample_view(i, BW_DUTCH, bw_ui_list_rows(ui), &view);
        bw_ui_lay_out(ui, &view);
        enum bw_action action = primary_of(bw_ui_page(ui), &count);
        if (dismisses(action) && view.screen == BW_SCREEN_RESULT &&
            !AMONG(samples[i].name, done_on)) {
            fail_msg("%s: action %d", samples[i].name, action);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_names_one_primary_action),
        cmocka_unit_test(dismissal_is_not_primary_where_a_step_is_left),
    };
    return cmocka_run_group_tests(tests, open_ui, close_ui);
}
