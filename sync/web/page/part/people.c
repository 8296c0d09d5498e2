/* What pages say of people: see people.h. */
#include "web/page/part/people.h"

#include "central/records.h"

#include <brugwachter/limits.h>

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PHONE_DIGITS_LEAST = 6 };

json_t *
bw_web_phone(const char *phone)
{
    char digits[BW_LABEL_BYTES];
    size_t used = 0, count = 0;
    for (const char *c = phone; *c != '\0' && used + 1 < sizeof digits; c++) {
        bool digit = *c >= '0' && *c <= '9';
        if (count > 0 && strncmp(c, "(0)", 3) == 0) {
            c += 2; /* +31 (0)58: not dialled behind the country */
        } else if (digit || (*c == '+' && used == 0)) {
            digits[used++] = *c;
            count += digit;
        } else if (count >= PHONE_DIGITS_LEAST && strchr(" -.()\xc2\xa0", *c) == NULL) {
            break; /* another number, or an extension */
        }
    }
    digits[used] = '\0';
    return json_string(count >= PHONE_DIGITS_LEAST ? digits : "");
}

json_t *
bw_web_name(const char *first_name, const char *name)
{
    char whole[2 * BW_NAME_BYTES];
    (void)snprintf(whole, sizeof whole, "%s%s%s", first_name,
        first_name[0] != '\0' && name[0] != '\0' ? " " : "", name);
    return bw_web_text(whole);
}

/* Letters of any language, and digits. */
static bool
is_of_word(char c)
{
    return isalnum((unsigned char)c) != 0 || (unsigned char)c >= 0x80;
}

json_t *
bw_web_differing(const char *text, const char *other)
{
    size_t length = strlen(text), other_length = strlen(other), from = 0, end = 0;
    char part[3][BW_TITLE_BYTES * 2];
    while (text[from] != '\0' && text[from] == other[from]) {
        from++;
    }
    bool alike = from == length && from == other_length;
    while (end < length - from && end < other_length - from &&
           text[length - 1 - end] == other[other_length - 1 - end]) {
        end++;
    }
    while (from > 0 && is_of_word(text[from - 1])) {
        from--;
    }
    while (end > 0 && is_of_word(text[length - end])) {
        end--;
    }
    from = alike ? length : from;
    end = alike ? 0 : end;
    (void)snprintf(part[0], sizeof part[0], "%.*s", (int)from, text);
    (void)snprintf(
        part[1], sizeof part[1], "%.*s", (int)(length - end - from), text + from);
    (void)snprintf(part[2], sizeof part[2], "%s", text + length - end);
    return json_pack("{s:o, s:o, s:o}", "same_a", bw_web_text(part[0]), "differs",
        bw_web_text(part[1]), "same_b", bw_web_text(part[2]));
}

static const char *
member(const json_t *row, const char *name)
{
    const char *text = json_string_value(json_object_get(row, name));
    return text != NULL ? text : "";
}

void
bw_web_mark_sides(json_t *who, json_t *other)
{
    static const char *const members[] = {"name", "school", "mail"};
    for (size_t i = 0; json_is_object(who) && i < 3; i++) {
        char name[BW_LABEL_BYTES];
        const char *one = member(who, members[i]);
        const char *two = json_is_object(other) ? member(other, members[i]) : one;
        (void)snprintf(name, sizeof name, "%s_parts", members[i]);
        (void)json_object_set_new(who, name, bw_web_differing(one, two));
        if (json_is_object(other)) {
            (void)json_object_set_new(other, name, bw_web_differing(two, one));
        }
    }
}

json_t *
bw_web_circle_name(const struct bw_web_visit *visit, const char *code)
{
    json_t *name = json_object_get(visit->circles, code);
    struct bw_session session;
    if (name != NULL) {
        return json_incref(name);
    }
    bool known = code[0] != '\0' && bw_record_session(visit->desk->office.central, code,
                                        &session, NULL) == BW_OK;
    name = bw_web_text(known ? session.title : code);
    (void)json_object_set(visit->circles, code, name); /* kept or not, it is the name */
    return name;
}

static const struct {
    const char *kind, *icon, *key;
} statuses[] = {
    [BW_CONFIRMED] = {"ok", "seat", "status.confirmed"},
    [BW_WAITLISTED] = {"let", "history", "status.waitlisted"},
    [BW_CANCELLED] = {"rust", "close", "status.cancelled"},
    [BW_BLOCKED] = {"fout", "hand", "status.blocked"},
};

json_t *
bw_web_status_chip(const struct bw_web_visit *visit, enum bw_registration_status status)
{
    return json_pack("{s:s, s:s, s:o}", "kind", statuses[status].kind, "icon",
        statuses[status].icon, "word", bw_web_sentence(visit, statuses[status].key));
}

const char *
bw_web_status_key(enum bw_registration_status status)
{
    return statuses[status].key;
}

json_t *
bw_web_deeds_of(const struct bw_web_visit *visit, enum bw_registration_status status)
{
    static const struct {
        const char *deed, *icon, *key;
        unsigned of; /* statuses, or-ed */
    } deeds[] = {
        {"afmelden", "close", "deed.cancel.b", 1u << BW_CONFIRMED | 1u << BW_WAITLISTED},
        {"ticket", "ticket", "deed.reissue.b", 1u << BW_CONFIRMED},
        {"herstel", "undo", "deed.reinstate.b", 1u << BW_CANCELLED},
        {"blokkeer", "hand", "deed.block.b", 1u << BW_CONFIRMED | 1u << BW_WAITLISTED},
        {"deblokkeer", "undo", "deed.unblock.b", 1u << BW_BLOCKED},
    };
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        if ((deeds[i].of & 1u << status) != 0) {
            bw_web_add(
                &list, json_pack("{s:s, s:s, s:o}", "deed", deeds[i].deed, "icon",
                           deeds[i].icon, "word", bw_web_sentence(visit, deeds[i].key)));
        }
    }
    return list;
}

json_t *
bw_web_ring(int64_t taken, int64_t expected, int64_t capacity)
{
    enum { DOTS_MOST = 200 };
    const double outer = 88, inner = 62, centre = 100, full_circle = 2 * M_PI;
    int64_t dots = capacity < DOTS_MOST ? capacity : DOTS_MOST;
    double size = dots > 60 ? 60 * 6.2 / (double)dots : 6.2;
    json_t *list = json_array();
    for (int64_t i = 0; i < dots; i++) {
        double turn = full_circle * (double)i / (double)dots;
        double far = i % 2 == 0 ? outer : inner;
        int64_t place = i * capacity / dots;
        const char *what = place < taken              ? "kring-vol"
                           : place < taken + expected ? "kring-open"
                                                      : "kring-vrij";
        char x[24], y[24], r[24];
        (void)snprintf(x, sizeof x, "%.1f", centre + far * sin(turn));
        (void)snprintf(y, sizeof y, "%.1f", centre - far * cos(turn));
        (void)snprintf(r, sizeof r, "%.1f", place < taken + expected ? size : size / 3);
        bw_web_add(&list,
            json_pack("{s:s, s:s, s:s, s:s}", "x", x, "y", y, "r", r, "what", what));
    }
    return list;
}
