/* What the files of samples share: one list of all, in the order of the pictures, and
 * what fills a view. 18 March 2025, the circle of Groningen, 13.12 on the clock. */
#ifndef BW_TEST_SAMPLES_PARTS_H
#define BW_TEST_SAMPLES_PARTS_H

#include "samples.h"

#define AT(hour, minute)                                                                 \
    (INT64_C(1742252400000) + ((hour)*60 + (minute)) * INT64_C(60000))
#define DAY_MS (24 * INT64_C(3600000))
#define MONO INT64_C(900000)

#define SET(field, text) snprintf(field, sizeof(field), "%s", text)

/* clang-format off */
#define SAMPLES(X)                                                                       \
    X(idle)                                                                              \
    X(idle_online)                                                                       \
    X(idle_other_code)                                                                   \
    X(idle_over)                                                                         \
    X(idle_larger)                                                                       \
    X(idle_aloud)                                                                        \
    X(idle_rehearsal)                                                                    \
    X(no_camera)                                                                         \
    X(no_camera_no_scanner)                                                              \
    X(no_camera_wanted)                                                                  \
    X(welcome)                                                                           \
    X(welcome_walking)                                                                   \
    X(welcome_long)                                                                      \
    X(welcome_arabic)                                                                    \
    X(welcome_guest)                                                                     \
    X(welcome_early)                                                                     \
    X(welcome_rehearsal)                                                                 \
    X(welcome_larger)                                                                    \
    X(welcome_aloud)                                                                     \
    X(already_in)                                                                        \
    X(other_session)                                                                     \
    X(other_session_full)                                                                \
    X(other_session_nameless)                                                            \
    X(forged)                                                                            \
    X(forged_aloud)                                                                      \
    X(replaced)                                                                          \
    X(blocked)                                                                           \
    X(cancelled)                                                                         \
    X(too_early)                                                                         \
    X(session_over)                                                                      \
    X(waitlisted)                                                                        \
    X(waitlisted_behind)                                                                 \
    X(waitlisted_later)                                                                  \
    X(full)                                                                              \
    X(by_name)                                                                           \
    X(search)                                                                            \
    X(search_empty_digits)                                                               \
    X(search_none)                                                                       \
    X(search_confirm)                                                                    \
    X(search_leaving)                                                                    \
    X(pin)                                                                               \
    X(pin_wrong)                                                                         \
    X(pin_card)                                                                          \
    X(pin_before)                                                                        \
    X(pin_locked)                                                                        \
    X(staff)                                                                             \
    X(staff_toast)                                                                       \
    X(staff_attention)                                                                   \
    X(staff_more)                                                                        \
    X(staff_history)                                                                     \
    X(staff_history_absent)                                                              \
    X(staff_search)                                                                      \
    X(staff_waitlist)                                                                    \
    X(staff_letters)                                                                     \
    X(staff_by_time)                                                                     \
    X(staff_skip)                                                                        \
    X(staff_card)                                                                        \
    X(staff_full)                                                                        \
    X(staff_empty)                                                                       \
    X(form_audience)                                                                     \
    X(form_referral)                                                                     \
    X(form_region)                                                                       \
    X(form_fields)                                                                       \
    X(form_missing)                                                                      \
    X(form_substitute)                                                                   \
    X(form_reason)                                                                       \
    X(kiosk)                                                                             \
    X(kiosk_busy)                                                                        \
    X(kiosk_sessions)                                                                    \
    X(kiosk_closing)                                                                     \
    X(kiosk_closed)                                                                      \
    X(kiosk_aside)                                                                      \
    X(kiosk_low)                                                                         \
    X(kiosk_waiting)                                                                     \
    X(first_start)                                                                       \
    X(no_roster)                                                                         \
    X(fault)                                                                             \
    X(fault_copy)                                                                        \
    X(fault_newer)                                                                      \
    X(fault_damaged)                                                                     \
    X(fault_details)                                                                     \
    X(enrol_again)                                                                       \
    X(agenda)                                                                            \
    X(agenda_strolling)                                                                  \
    X(agenda_empty)                                                                      \
    X(evacuation)                                                                        \
    X(evacuation_names)                                                                  \
    X(check)                                                                             \
    X(check_scanner)                                                                     \
    X(check_good)                                                                        \
    X(pin_scan)                                                                          \
    X(form_scan)                                                                         \
    X(evacuation_scan)                                                                   \
    X(kiosk_scan)                                                                        \
    X(labels_out)                                                                        \
    X(idle_called)                                                                       \
    X(no_camera_other)
/* clang-format on */

#define SAMPLE_DECLARATION(name) void sample_##name(struct bw_view *view);
SAMPLES(SAMPLE_DECLARATION)

/* It is read aloud, not at its loudest. */
void sample_aloud(struct bw_view *view);

void sample_staff_present(struct bw_view *view, int count);
void sample_button(struct bw_view *view, enum bw_action action, enum bw_button_kind kind,
    const char *key, const char *icon);

#endif
