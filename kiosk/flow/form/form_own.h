/* The form's own state: for form*.c alone (FL6). No function fails. UI thread. */
#ifndef BW_FLOW_FORM_OWN_H
#define BW_FLOW_FORM_OWN_H

#include "flow/base/field.h"
#include "flow/base/state.h"

struct bw_flow_form {
    enum bw_form_kind kind;
    enum bw_form_step step;
    enum bw_form_field field;
    struct bw_flow_field name, school, region, reason;
    bool missing, shift, active;
    bool gives;                /* walk-in: a place all the same, and why */
    uint32_t sent;             /* the command that it became; 0: none */
    struct bw_command command; /* substitute, reason: what it completes */
    struct bw_values values;
    bw_flow_handler *on_end;
    int schools_count; /* of the roster, to suggest */
    char schools[SCHOOLS_MAX][BW_TITLE_BYTES];
};

/* The state, to be changed; borrowed from the flow, which owns it. */
static inline struct bw_flow_form *
bw_flow_form_own(const struct bw_flow *flow)
{
    return (struct bw_flow_form *)bw_flow_own(flow, BW_SCREEN_FORM);
}

/* ---- form_field.c ---- */

/* True where a place costs a reason: while people wait, or beyond the house. */
bool bw_flow_form_needs_reason(const struct bw_flow *flow);

/* The field that is typed into; borrowed from the form. */
struct bw_flow_field *bw_flow_form_field(struct bw_flow_form *form);

/* What a keyboard that isn't the screen's typed, into that field. */
void bw_flow_form_type(struct bw_flow_form *form, const char *text);

/* A key of the screen's keyboard, or a field or a school that is tapped. */
void bw_flow_form_key(
    struct bw_flow *flow, enum bw_action action, int index, struct bw_effects *effects);

/* Schools of a list's entries, to suggest. */
void bw_flow_form_add_schools(
    struct bw_flow_form *form, const struct bw_answer_list *list);

/* Fills in at most SUGGESTIONS_MAX; returns how many. */
int bw_flow_form_suggest(
    const struct bw_flow_form *form, char ret_schools[SUGGESTIONS_MAX][BW_TITLE_BYTES]);

/* ---- form_view.c ---- */

/* Fills in the view's form, and the bottom bar's buttons. */
void bw_flow_form_view(
    const struct bw_flow *flow, struct bw_now now, struct bw_view *view);

#endif
