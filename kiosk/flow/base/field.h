/* A line of text being typed: UTF-8, at most BW_NAME_CHARS characters, and what fits in
 * BW_QUERY_BYTES. A zeroed one is empty. UI thread. */
#ifndef BW_FLOW_FIELD_H
#define BW_FLOW_FIELD_H

#include <brugwachter/limits.h>
#include <stdbool.h>

struct bw_flow_field {
    char text[BW_QUERY_BYTES];
};

/* Empties it, and overwrites what stood there. */
void bw_flow_field_clear(struct bw_flow_field *field);

/* Appends. False where there's no space, or it is no character to type. */
bool bw_flow_field_type(struct bw_flow_field *field, const char *text);
bool bw_flow_field_type_code_point(struct bw_flow_field *field, int code_point);

/* Removes one character from the end. */
void bw_flow_field_delete(struct bw_flow_field *field);

/* True for blanks alone, too. */
bool bw_flow_field_is_empty(const struct bw_flow_field *field);

#endif
