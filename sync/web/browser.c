/* The browser: see browser.h. */
#include "web/browser.h"

#include "central/base/output.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A page that goes on by itself; mkstemps makes it ours alone (0600). */
static FILE *
page_make(char ret_page[PATH_MAX])
{
    static const char ending[] = ".html";
    const char *folder = getenv("XDG_RUNTIME_DIR");
    folder = folder != NULL && folder[0] == '/' ? folder : "/tmp";
    (void)snprintf(ret_page, PATH_MAX, "%s/brugwachter-XXXXXX%s", folder, ending);
    int file = mkstemps(ret_page, sizeof ending - 1);
    FILE *page = file >= 0 ? fdopen(file, "w") : NULL;
    if (page == NULL && file >= 0) {
        (void)close(file);
        (void)unlink(ret_page);
    }
    return page;
}

static void
page_write(const char *url, FILE *page)
{
    (void)fputs("<!doctype html>\n<meta charset=\"utf-8\"><title>Brugwachter</title>"
                "<meta http-equiv=\"refresh\" content=\"0;url=",
        page);
    bw_html_text(page, url);
    (void)fputs("\"><p><a href=\"", page);
    bw_html_text(page, url);
    (void)fputs("\">Brugwachter</a>\n", page);
}

void
bw_web_browser_open(const char *url, char ret_page[PATH_MAX])
{
    FILE *page = page_make(ret_page);
    if (page == NULL) {
        ret_page[0] = '\0';
        return;
    }
    page_write(url, page);
    (void)fclose(page);
    char *const arguments[] = {(char[]){"xdg-open"}, ret_page, NULL};
    pid_t child = 0;
    posix_spawnattr_t attributes;
    sigset_t none;
    (void)sigemptyset(&none);
    (void)posix_spawnattr_init(&attributes);
    (void)posix_spawnattr_setsigmask(&attributes, &none);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    if (posix_spawnp(&child, arguments[0], NULL, &attributes, arguments, environ) != 0) {
        (void)unlink(ret_page);
        ret_page[0] = '\0';
    } else {
        /* xdg-open goes on by itself; whether it is done is seen without waiting */
        (void)waitpid(child, NULL, WNOHANG);
    }
    (void)posix_spawnattr_destroy(&attributes);
}
