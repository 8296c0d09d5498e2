/* Who somebody is, as far as a kiosk may know: six texts, valid UTF-8, NFC, without
 * control characters (text.h), empty where not known. Plain value, no ownership. */
#ifndef BRUGWACHTER_PERSON_H
#define BRUGWACHTER_PERSON_H

#include <brugwachter/limits.h>

struct bw_person {
    char first_name[BW_NAME_BYTES];
    char name[BW_NAME_BYTES]; /* last name, particles before it */
    char school[BW_TITLE_BYTES];
    char region[BW_NAME_BYTES];
    char table[BW_NAME_BYTES]; /* where the organiser gives one */
    char
        attention[BW_NAME_BYTES]; /* the organiser's word to staff; never an attendee's */
};

#endif
