/* What carries out a command: one function each, which desk.c has the table of; those in
 * desk/list/ look only, those in desk/change/ write.
 *
 * It fills `answer`, which is DONE before; on failure it gives the status and says why in
 * `failure`, and what stands in the answer counts for nothing. It may be called only with
 * a desk that has followed the store (D1), and, where the table says so, has a roster.
 * Desk thread only; nothing is taken or kept of what is given. */
#ifndef BW_CORE_DESK_HANDLER_H
#define BW_CORE_DESK_HANDLER_H

#include <brugwachter/command.h>

struct bw_desk;

typedef enum bw_status desk_handler(struct bw_desk *desk,
    const struct bw_command *command, struct bw_answer *answer,
    struct bw_failure *failure);

/* change/admit.c */
desk_handler bw_desk_on_scan, bw_desk_on_code, bw_desk_on_waitlist, bw_desk_on_guest,
    bw_desk_on_walk_in, bw_desk_on_substitute, bw_desk_on_override;
/* change/queue.c */
desk_handler bw_desk_on_queue;
/* change/departure.c */
desk_handler bw_desk_on_undo, bw_desk_on_leave;
/* change/release.c */
desk_handler bw_desk_on_release;
/* change/time.c */
desk_handler bw_desk_on_clock, bw_desk_on_confirm_clock;
/* change/day.c */
desk_handler bw_desk_on_close_day, bw_desk_on_tidy;
/* change/switch.c */
desk_handler bw_desk_on_switch, bw_desk_on_sessions;
/* change/camera.c */
desk_handler bw_desk_on_keep_camera;
/* change/absence.c */
desk_handler bw_desk_on_absent;
/* list/list.c */
desk_handler bw_desk_on_search, bw_desk_on_list, bw_desk_on_offers;
/* list/find.c */
desk_handler bw_desk_on_find;
/* list/history.c */
desk_handler bw_desk_on_history;
/* list/overview.c */
desk_handler bw_desk_on_counts, bw_desk_on_overview;
/* list/agenda.c */
desk_handler bw_desk_on_agenda;
/* change/desk_card.c */
desk_handler bw_desk_on_card;
/* change/desk_pin.c */
desk_handler bw_desk_on_pin, bw_desk_on_lock_names;

#endif
