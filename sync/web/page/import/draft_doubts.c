/* Answers of a file that are in doubt, each beside whom it looks like, with what can be
 * said of it before the file goes in (WI3). */
#include "web/page/import/import.h"

#include "web/page/part/people.h"

#include <string.h>

enum { CARDS_SHOWN = BW_WEB_DRAFT_SKIPPED_MAX };

static const char *const words[] = {
    [BW_IMPORT_WORD_LATER] = "later",
    [BW_IMPORT_WORD_OTHER] = "ander",
    [BW_IMPORT_WORD_SAME] = "zelfde",
    [BW_IMPORT_WORD_OUT] = "uit",
};
enum { WORDS = sizeof words / sizeof words[0] };

const char *
bw_web_import_word(enum bw_import_word word)
{
    return words[word];
}

bool
bw_web_import_word_parse(const char *text, enum bw_import_word *ret_word)
{
    for (int i = 0; i < WORDS; i++) {
        if (strcmp(text, words[i]) == 0) {
            *ret_word = (enum bw_import_word)i;
            return true;
        }
    }
    return false;
}

/* What can be said of each doubt, the likeliest first; each with what it leads to. */
struct import_saying {
    enum bw_import_word word;
    const char *label, *leads;
};
static const struct import_saying of_people[] = {
    {BW_IMPORT_WORD_SAME, "im.w.same", "im.w.same.p"},
    {BW_IMPORT_WORD_OTHER, "im.w.other", "im.w.other.p"},
    {BW_IMPORT_WORD_LATER, "im.w.later", "im.w.later.p"},
};
static const struct import_saying of_role[] = {
    {BW_IMPORT_WORD_OTHER, "im.w.in", "im.w.in.p"},
    {BW_IMPORT_WORD_OUT, "im.w.out", "im.w.out.p"},
    {BW_IMPORT_WORD_LATER, "im.w.later", "im.w.later.p"},
};
enum { SAYINGS = sizeof of_role / sizeof of_role[0] };

static json_t *
sayings_of(const struct bw_web_visit *visit, const struct bw_import_doubt *doubt)
{
    const struct import_saying *sayings =
        doubt->doubt == BW_PLACE_DOUBT_ROLE ? of_role : of_people;
    json_t *list = json_array();
    for (int i = 0; i < SAYINGS; i++) {
        bw_web_add(&list, json_pack("{s:s, s:o, s:o, s:b}", "value",
                              bw_web_import_word(sayings[i].word), "label",
                              bw_web_sentence(visit, sayings[i].label), "leads",
                              bw_web_sentence(visit, sayings[i].leads), "chosen",
                              sayings[i].word == doubt->word));
    }
    return list;
}

/* Only what differs is marked. */
static json_t *
side_of(const struct bw_import_side *side, const struct bw_import_side *other)
{
    const char *who =
        other->who != NULL && other->who[0] != '\0' ? other->who : side->who;
    return json_pack("{s:o, s:o, s:o, s:o}", "name_parts",
        bw_web_differing(side->who, who), "school_parts",
        bw_web_differing(side->school, who == side->who ? side->school : other->school),
        "mail_parts",
        bw_web_differing(side->mail, who == side->who ? side->mail : other->mail), "role",
        bw_web_text(side->role));
}

json_t *
bw_web_import_doubts(
    const struct bw_web_visit *visit, const struct bw_import_result *result)
{
    json_t *list = json_array();
    for (size_t i = 0; i < result->doubts_count && i < CARDS_SHOWN; i++) {
        const struct bw_import_doubt *doubt = &result->doubts[i];
        bool role = doubt->doubt == BW_PLACE_DOUBT_ROLE;
        json_t *row = json_object();
        bw_web_set(&row, "line", json_integer(doubt->line));
        bw_web_set(&row, "question",
            bw_web_filled(visit,
                role                                  ? "u.role"
                : doubt->doubt == BW_PLACE_DOUBT_MAIL ? "im.two"
                                                      : "im.same",
                json_pack("{s:o, s:o}", "name", bw_web_text(doubt->answer.who), "role",
                    bw_web_text(doubt->answer.role))));
        bw_web_set(&row, "answer", side_of(&doubt->answer, &doubt->known));
        bw_web_set(&row, "known",
            role || doubt->known_code == BW_CODE_NONE
                ? json_false()
                : side_of(&doubt->known, &doubt->answer));
        bw_web_set(&row, "choices", sayings_of(visit, doubt));
        bw_web_add(&list, row);
    }
    return list;
}
