/* Whom people reach: see contact.h. */
#include "office/contact.h"

#include "central/records.h"

#include <stdio.h>
#include <string.h>

static bool
on_contact(const struct bw_sql_value *c, int count, void *context)
{
    struct bw_office_contact *contact = context;
    (void)count;
    bw_text_copy(contact->organiser, sizeof contact->organiser, c[0].text);
    bw_text_copy(contact->contact, sizeof contact->contact, c[1].text);
    bw_text_copy(contact->phone, sizeof contact->phone, c[2].text);
    bw_text_copy(contact->mail, sizeof contact->mail, c[3].text);
    bw_text_copy(contact->privacy_url, sizeof contact->privacy_url, c[4].text);
    return false;
}

enum bw_status
bw_office_contact_read(struct bw_central *central, struct bw_office_contact *ret_contact,
    struct bw_error *err)
{
    return bw_central_run(central,
        "SELECT organiser, contact, phone, mail, privacy_url FROM central WHERE one = 1",
        NULL, 0, on_contact, ret_contact, err);
}

void
bw_office_contact_unbroken(const char *text, char *ret_text, size_t room_bytes)
{
    static const char blank[] = "\u00a0";
    size_t used = 0;
    for (; *text != '\0' && used + sizeof blank < room_bytes; text++) {
        if (*text == ' ') {
            memcpy(ret_text + used, blank, sizeof blank - 1);
            used += sizeof blank - 1;
        } else {
            ret_text[used++] = *text;
        }
    }
    ret_text[used] = '\0';
}

void
bw_office_contact_line(const struct bw_office_contact *contact, const char *before_mail,
    char ret_line[BW_OFFICE_CONTACT_BYTES])
{
    char phone[2 * BW_LABEL_BYTES];
    const struct {
        const char *before, *text;
    } parts[] = {
        {"", contact->contact[0] != '\0' ? contact->contact : contact->organiser},
        {" · ", phone},
        {before_mail, contact->mail},
    };
    size_t used = 0;
    bw_office_contact_unbroken(contact->phone, phone, sizeof phone);
    ret_line[0] = '\0';
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].text[0] != '\0' && used < BW_OFFICE_CONTACT_BYTES) {
            used += (size_t)snprintf(ret_line + used, BW_OFFICE_CONTACT_BYTES - used,
                "%s%s", used > 0 ? parts[i].before : "", parts[i].text);
        }
    }
}
