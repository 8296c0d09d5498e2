/* What a template is compiled to: shared by template.c (which makes it) and
 * template_write.c (which runs it). Any thread, once made. */
#ifndef BW_WEB_TEMPLATE_CODE_H
#define BW_WEB_TEMPLATE_CODE_H

#include "central/base/arena.h"
#include "web/template/template.h"

/* Where a place stands: how its value is escaped. */
enum bw_web_place {
    BW_WEB_PLACE_TEXT,    /* between tags */
    BW_WEB_PLACE_VALUE,   /* in an attribute, between double quotes */
    BW_WEB_PLACE_ADDRESS, /* in one that is an address */
    BW_WEB_PLACE_CONTACT, /* … of "tel:" or "mailto:" */
};

enum bw_web_step_kind {
    BW_WEB_STEP_LITERAL,
    BW_WEB_STEP_VALUE,
    BW_WEB_STEP_SENTENCE,
    BW_WEB_STEP_EACH,
    BW_WEB_STEP_UNLESS,
    BW_WEB_STEP_END, /* of a section */
    BW_WEB_STEP_PART,
};

struct bw_web_step {
    enum bw_web_step_kind kind;
    enum bw_web_place place;
    const char *text;   /* a literal; else a name. The template's */
    const char *number; /* of a sentence: whose value chooses the form; NULL: none */
    size_t bytes;       /* of a literal */
    size_t end;         /* of a section: the step that ends it */
};

struct bw_web_template {
    struct bw_web_step *steps; /* owned */
    size_t count, capacity;
    struct bw_arena texts;
};

#endif
