/* The list's own state: for staff*.c alone (FL6).
 *
 * A row is a line of the list on the screen, an entry what the desk knows of a person.
 * No function fails. UI thread. */
#ifndef BW_FLOW_STAFF_OWN_H
#define BW_FLOW_STAFF_OWN_H

#include "flow/base/field.h"
#include "flow/base/state.h"

/* Which rows: a page of a tab, or of what was found for a text. */
struct bw_flow_staff_page {
    bool any; /* there are such rows, be it none */
    bool by_text, by_time;
    enum bw_list_filter filter;
    int offset;
};

/* FL8 The screen tells of rows what holds for those that stand there: a tab is lit once
 * its own came, never above another's. */
struct bw_flow_staff {
    enum bw_list_filter filter; /* wanted, and so `offset` and `by_time` */
    int offset;
    bool letters; /* they stand in place of the rows */
    char from;    /* the letter that is asked for; 0: by offset */
    bool by_time;
    struct bw_flow_field query;
    bool keyboard;                                /* the on-screen keyboard is up */
    uint32_t asked;                               /* the list under way; 0: none */
    bool stale;                                   /* another is wanted since: ask again */
    struct bw_flow_staff_page asked_page, stands; /* that list; and what `rows` are */
    struct bw_list_entry rows[BW_SEARCH_ROWS];
    int rows_count, rows_total;
    int more_row;           /* whose further actions are open; -1: none */
    uint32_t history_asked; /* of that row */
    int history_count;
    struct bw_history_item history[BW_HISTORY_MAX];
    char toast[BW_KEY_BYTES];
    struct bw_values toast_values;
    char attention[BW_NAME_BYTES]; /* the organiser's word about the toast's person */
    int64_t toast_ms;
    bool offers; /* the toast has a button: `offer`, said as `offer_key` */
    struct bw_command offer;
    char offer_key[BW_KEY_BYTES];
    uint32_t sent;              /* a row's command that is under way; 0: none */
    struct bw_list_entry acted; /* the entry that it's about */
    bool has_acted;
    bool has_changed; /* by that command: tinted, and stays where it is */
    bw_code changed_code;
    struct bw_event_id changed_event;
};

/* The state, to be changed; borrowed from the flow, which owns it. */
static inline struct bw_flow_staff *
bw_flow_staff_own(const struct bw_flow *flow)
{
    return (struct bw_flow_staff *)bw_flow_own(flow, BW_SCREEN_STAFF);
}

/* ---- staff_list.c: which rows stand there ---- */

/* How many rows a page has on the screen that stands. */
int bw_flow_staff_page_rows(const struct bw_flow *flow);
/* Whether what was typed is wanted, and not a tab. */
bool bw_flow_staff_is_search(const struct bw_flow *flow);
/* How many of `rows` are on pages before the one that stands there. */
int bw_flow_staff_page_start(const struct bw_flow *flow);
/* The entry of the page's row `index`, from 0; NULL where there's none. Borrowed, until
 * the next rows come. */
struct bw_list_entry *bw_flow_staff_row_at(const struct bw_flow *flow, int index);
/* Asks the desk for the page; while one is under way, it is asked for after that. */
void bw_flow_staff_refresh(struct bw_flow *flow, struct bw_effects *effects);

/* From the first row on, the list of that tab, or of what is typed. */
void bw_flow_staff_start_list(
    struct bw_flow *flow, enum bw_list_filter filter, struct bw_effects *effects);
/* The tab's list from that letter on ('a' to 'z'). */
void bw_flow_staff_jump(struct bw_flow *flow, int letter, struct bw_effects *effects);
/* Sorts by time, or by name again. */
void bw_flow_staff_sort(struct bw_flow *flow, struct bw_effects *effects);
/* Whether the rows that stand there are by name, and whether they may be by time. */
bool bw_flow_staff_has_letters(const struct bw_flow *flow);
bool bw_flow_staff_has_times(const struct bw_flow *flow);
/* `by` pages on, or back below 0; past the last one the first comes. */
void bw_flow_staff_turn_page(struct bw_flow *flow, int by, struct bw_effects *effects);

/* ---- staff_way.c: what would succeed for one ---- */
bool bw_flow_staff_waits(const struct bw_list_entry *row);

/* What a reason would do for the row's person. */
enum bw_override bw_flow_staff_override(
    const struct bw_flow *flow, const struct bw_list_entry *row);

/* What the row's own button does: what will succeed, if anything does. */
enum bw_flow_staff_way {
    WAY_UNDO,
    WAY_CALL,
    WAY_ADMIT, /* who waits, or has no place here */
    WAY_WALK_IN,
    WAY_CHECK_IN,
    WAY_OVERRIDE, /* full: an extra place, with a reason */
    WAY_FULL,     /* nothing would succeed */
};
enum bw_flow_staff_way bw_flow_staff_way_of(
    const struct bw_flow *flow, const struct bw_list_entry *row);

/* ---- staff_row.c: what is done with one ---- */
/* Whether the person has no place and waits for one, here or at home. */

/* Somebody who stands before `row` is here, on this page or not. */
bool bw_flow_staff_skips(const struct bw_flow *flow, const struct bw_list_entry *row);

/* Does what the row's own button says. */
void bw_flow_staff_act(struct bw_flow *flow, const struct bw_list_entry *row,
    struct bw_now now, struct bw_effects *effects);

/* Leaving, a substitute, or a rule passed with a reason: for the row that is open. */
void bw_flow_staff_act_more(struct bw_flow *flow, enum bw_action action,
    struct bw_now now, struct bw_effects *effects);

/* Opens or closes a row's further actions, and asks what happened to the person. */
void bw_flow_staff_open_more(struct bw_flow *flow, int index, struct bw_effects *effects);

/* Gives the desk a command about an entry (NULL: none of the list's); not while one is
 * under way. */
void bw_flow_staff_send(struct bw_flow *flow, const struct bw_command *command,
    const struct bw_list_entry *row, struct bw_effects *effects);

/* ---- staff_command.c: a row as a command ---- */

/* A command by staff about the row's person; texts that it needs beside are the
 * caller's to add. */
void bw_flow_staff_command(struct bw_command *command, enum bw_command_kind kind,
    const struct bw_list_entry *row);

/* The command that checks the row's person in again. */
void bw_flow_staff_redo_command(
    struct bw_command *command, const struct bw_list_entry *row);

#endif
