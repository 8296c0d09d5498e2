/* What `setup` asks: a table, in the order in which it is asked. One thread. */
#ifndef BW_APP_QUESTION_H
#define BW_APP_QUESTION_H

#include "ini_text.h"

#include <ui/draw/wording.h>

enum { BW_QUESTION_CHOICES_MAX = 20 };

enum bw_question_kind {
    BW_QUESTION_TEXT,   /* as it is typed */
    BW_QUESTION_CHOICE, /* one of the choices, by its number or as it is */
    BW_QUESTION_YES,    /* yes or no */
};

struct bw_question {
    const char *section, *name; /* of the setting */
    const char *key, *wants;    /* the texts: the question, and what it takes */
    enum bw_question_kind kind;
    bool needed;           /* it can't be left out by a "-" */
    const char *usual;     /* what the kiosk does where nothing is set; "": nothing */
    const char *yes, *no;  /* of a yes: what is set; "": the line is left out */
    const char *only_with; /* asked where that setting of [kiosk] has a value; or NULL */
};

/* Ends with a section that is NULL. Static. */
extern const struct bw_question bw_questions[];

/* What may be chosen. */
struct bw_choices {
    int count;
    char values[BW_QUESTION_CHOICES_MAX][BW_INI_VALUE_BYTES];
    char names[BW_QUESTION_CHOICES_MAX][BW_INI_VALUE_BYTES]; /* empty: nothing to add */
};

/* The choices of this machine: its cameras (each is opened for a moment), its
 * translations, or words of the kiosk's own; none for another kind of question. Can't
 * fail. */
void bw_question_choices(const struct bw_question *question,
    const struct bw_ui_wording *wording, struct bw_choices *ret_choices);

/* Turns what was typed into the setting's value; "" leaves the setting out. False where
 * the question doesn't take it; ret_value may be anything then. `typed` isn't empty. */
bool bw_question_take(const struct bw_question *question,
    const struct bw_choices *choices, const char *typed,
    char ret_value[BW_INI_VALUE_BYTES]);

#endif
