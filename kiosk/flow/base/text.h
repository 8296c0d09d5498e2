/* Texts and buttons of a view. Buffers are the caller's; what is too long is cut at a
 * character, a key that is too long is a programmer's mistake. No function fails. UI
 * thread. */
#ifndef BW_FLOW_TEXT_H
#define BW_FLOW_TEXT_H

#include "state.h"

/* What every text may name: the session's own words and the house's figures. */
void bw_flow_values_init(const struct bw_flow *flow, struct bw_values *values);

/* Copies a text's or an icon's key, shorter than BW_KEY_BYTES (asserted). */
void bw_flow_set_key(char key[BW_KEY_BYTES], const char *text);

/* Copies at most `capacity` bytes with the NUL. */
void bw_flow_set_text(char *ret_text, size_t capacity, const char *text);
/* "Fatima el Amrani"; the one alone where the other is empty. */
void bw_flow_set_full_name(
    char *ret_text, size_t capacity, const char *first, const char *last);

/* Fills in all of a button; `icon` "" is none. */
void bw_flow_set_button(struct bw_button *button, enum bw_action action, int index,
    enum bw_button_kind kind, const char *key, const char *icon);

/* The bottom bar's next one; BW_VIEW_BUTTONS at most. */
void bw_flow_add_button(struct bw_view *view, enum bw_action action,
    enum bw_button_kind kind, const char *key, const char *icon);

/* What the kiosk itself is low on. */
bool bw_flow_is_disk_low(const struct bw_flow *flow);

#endif
