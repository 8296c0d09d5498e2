/* A line of text being typed: UTF-8, at most BW_NAME_CHARS characters. */
#include "field.h"

#include <brugwachter/text.h>
#include <string.h>

void
bw_flow_field_clear(struct bw_flow_field *field)
{
    memset(field, 0, sizeof *field);
}

bool
bw_flow_field_is_empty(const struct bw_flow_field *field)
{
    return field->text[strspn(field->text, " ")] == '\0';
}

bool
bw_flow_field_type(struct bw_flow_field *field, const char *text)
{
    size_t have = strlen(field->text);
    size_t more = strlen(text);
    if (more == 0 || (unsigned char)text[0] < 0x20 || text[0] == 0x7f) {
        return false;
    }
    if (have + more >= sizeof field->text ||
        bw_text_chars(field->text) + bw_text_chars(text) > BW_NAME_CHARS) {
        return false;
    }
    memcpy(field->text + have, text, more + 1);
    return true;
}

bool
bw_flow_field_type_code_point(struct bw_flow_field *field, int code_point)
{
    char utf8[5] = {0};
    if (code_point < 0x20 || code_point > 0xffff ||
        (code_point >= 0xd800 && code_point <= 0xdfff)) {
        return false; /* half of a pair is no character */
    }
    if (code_point < 0x80) {
        utf8[0] = (char)code_point;
    } else if (code_point < 0x800) {
        utf8[0] = (char)(0xc0 | code_point >> 6);
        utf8[1] = (char)(0x80 | (code_point & 0x3f));
    } else {
        utf8[0] = (char)(0xe0 | code_point >> 12);
        utf8[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
        utf8[2] = (char)(0x80 | (code_point & 0x3f));
    }
    return bw_flow_field_type(field, utf8);
}

void
bw_flow_field_delete(struct bw_flow_field *field)
{
    size_t length = strlen(field->text);
    while (length > 0 && ((unsigned char)field->text[length - 1] & 0xc0) == 0x80) {
        length--;
    }
    if (length > 0) {
        field->text[length - 1] = '\0';
    }
}
