/* What roads do to letters: see mail.h. */
#include "tests/sync/exchange/mail.h"
#include "tests/sync/testing.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LETTERS_MAX = 2000, MOST_BYTES = 1 << 20 };

struct letters {
    int count;
    char names[LETTERS_MAX][BW_LETTER_NAME_BYTES];
};

static int
by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static const struct letters *
letters_of(const char *folder)
{
    static struct letters letters;
    letters.count = 0;
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        struct bw_letter_name name;
        if (bw_letter_name_parse(entry->d_name, &name)) {
            assert_true(letters.count < LETTERS_MAX);
            (void)snprintf(letters.names[letters.count++], BW_LETTER_NAME_BYTES, "%.95s",
                entry->d_name);
        }
    }
    (void)closedir(entries);
    qsort(letters.names, (size_t)letters.count, BW_LETTER_NAME_BYTES, by_name);
    return &letters;
}

static void
copy(const char *from, const char *to)
{
    static unsigned char bytes[MOST_BYTES];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    size_t length = fread(bytes, 1, sizeof bytes, in);
    assert_true(length < sizeof bytes);
    assert_int_equal(fwrite(bytes, 1, length, out), length);
    (void)fclose(in);
    assert_int_equal(fclose(out), 0);
}

static void
flip(const char *path)
{
    struct stat facts;
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &facts), 0);
    long at = facts.st_size > 0 ? mail_pick((int)facts.st_size) : 0;
    (void)fseek(file, at, SEEK_SET);
    int byte = fgetc(file);
    (void)fseek(file, at, SEEK_SET);
    (void)fputc((byte < 0 ? 0 : byte) ^ (1 << mail_pick(8)), file);
    assert_int_equal(fclose(file), 0);
}

typedef char path_text[MAIL_PATH_BYTES + BW_LETTER_NAME_BYTES];

static void
path_make(path_text ret_path, const char *folder, const char *name)
{
    (void)snprintf(ret_path, sizeof(path_text), "%s/%s", folder, name);
}

static void
bring_back(struct mail *mail, const char *from, bool keep)
{
    path_text source, target;
    const struct letters *letters = letters_of(from);
    if (letters->count == 0) {
        return;
    }
    const char *name = letters->names[mail_pick(letters->count)];
    path_make(source, from, name);
    path_make(target, mail->folders[mail_pick(MAIL_FOLDERS)], name);
    copy(source, target);
    if (!keep) {
        assert_int_equal(unlink(source), 0);
    }
}

/* What a road may do to a letter that lies on it. */
enum harm { LOST, CUT, ALTERED, MISNAMED, LATE, DOUBLED, HARMS };

static void
letter_harm(struct mail *mail, const char *folder, const struct letters *letters, int at,
    enum harm harm)
{
    path_text path, other, away;
    const char *name = letters->names[at];
    const char *second = letters->names[mail_pick(letters->count)];
    path_make(path, folder, name);
    path_make(other, folder, second);
    path_make(away, mail->archive, name);
    if (access(path, F_OK) != 0 || access(other, F_OK) != 0) {
        return; /* gone, in a storm */
    }
    copy(path, away);
    switch (harm) {
    case LOST:
        assert_int_equal(unlink(path), 0);
        break;
    case CUT:
        assert_int_equal(truncate(path, mail_pick(700)), 0);
        break;
    case ALTERED:
        flip(path);
        break;
    case MISNAMED:
        path_make(away, mail->limbo, ".between");
        if (strcmp(name, second) != 0) {
            assert_int_equal(rename(path, away), 0);
            assert_int_equal(rename(other, path), 0);
            assert_int_equal(rename(away, other), 0);
        }
        break;
    case LATE:
        path_make(away, mail->limbo, name);
        assert_int_equal(rename(path, away), 0);
        break;
    case DOUBLED:
        path_make(away, mail->folders[mail_pick(MAIL_FOLDERS)], name);
        if (strcmp(away, path) != 0) {
            copy(path, away);
        }
        break;
    case HARMS:
        break;
    }
}

void
mail_harm(struct mail *mail)
{
    const char *folder = mail->folders[mail_pick(MAIL_FOLDERS)];
    switch (mail_pick(5)) {
    case 0:
        bring_back(mail, mail->limbo, false);
        return;
    case 1:
        bring_back(mail, mail->archive, true);
        return;
    }
    const struct letters *letters = letters_of(folder);
    if (letters->count > 0) {
        letter_harm(mail, folder, letters, mail_pick(letters->count),
            (enum harm)mail_pick(HARMS));
    }
}

void
mail_storm(struct mail *mail)
{
    for (int i = 0; i < MAIL_FOLDERS; i++) {
        const struct letters *letters = letters_of(mail->folders[i]);
        for (int at = 0; at < letters->count; at++) {
            if (mail_pick(4) != 0) {
                letter_harm(mail, mail->folders[i], letters, at,
                    (enum harm)mail_pick(MISNAMED + 1));
            }
        }
    }
}

void
mail_deliver(struct mail *mail)
{
    while (letters_of(mail->limbo)->count > 0) {
        bring_back(mail, mail->limbo, false);
    }
}
