/* Scheme programs from files, through commands of the shell. */
#include "bignum.h"
#include "heap.h"
#include "json.h"
#include "kiln.h"
#include "libc.h"
#include "lisp.h"
#include "log.h"
#include "shell.h"
#include "unwind.h"
#include "vfs.h"

static const struct { const char *path, *source; } files[] = {
    {"/lib.scm", "(define (map f l) (if (null? l) '() (cons (f (car l)) (map f (cdr l)))))\n"
                 "(define (filter f l) (cond ((null? l) '()) ((f (car l)) (cons (car l) (filter f (cdr l)))) (else (filter f (cdr l)))))\n"
                 "(define (fold f start l) (if (null? l) start (fold f (f start (car l)) (cdr l))))\n"
                 "(define (range a b) (if (>= a b) '() (cons a (range (+ a 1) b))))\n"
                 "(define (append a b) (if (null? a) b (cons (car a) (append (cdr a) b))))\n"},
    {"/sort.scm", "(define (sort l) (if (null? l) '() (let ((p (car l)) (r (cdr l)))\n"
                  "  (append (sort (filter (lambda (x) (< x p)) r)) (cons p (sort (filter (lambda (x) (>= x p)) r)))))))\n"
                  "(display (sort '(3 1 4 1 5 9 2 6 5 3 5 8 9 7 9)))\n"},
    {"/queens.scm", "(define (safe? q d l) (or (null? l) (and (not (= q (car l))) (not (= q (+ (car l) d))) (not (= q (- (car l) d))) (safe? q (+ d 1) (cdr l)))))\n"
                    "(define (queens n) (define (place k l) (if (= k 0) 1 (fold + 0 (map (lambda (q) (if (safe? q 1 l) (place (- k 1) (cons q l)) 0)) (range 0 n)))))\n"
                    "  (place n '()))\n(display \"queens \" (map queens '(1 4 5 6)))\n"},
    {"/count.scm", "(define (counter) (let ((n 0)) (lambda () (set! n (+ n 1)))))\n(define a (counter))\n(define b (counter))\n(a)\n(a)\n(b)\n"
                   "(display (list (a) (b)) \" \" (string-append \"te\" \"xt\") \" \" (string-length \"four\"))\n"},
    {"/numbers.scm", "(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))\n(display (map fib (range 0 16)))\n"
                     "(display (map (lambda (x) (floor (* 1000 (sqrt x)))) (range 1 11)))\n(display (/ 1 3) \" \" (exp 1) \" \" (log 2) \" \" (sin 1) \" \" (remainder 17 5) \" \" (max 3 9 4))\n"
                     "(define (leibniz k sum sign) (if (= k 150) (* 4 sum) (leibniz (+ k 1) (+ sum (/ sign (+ 1 (* 2 k)))) (- 0 sign))))\n(display (leibniz 0 0 1))\n"},
    {"/wrong.scm", "(display 1 2)\n(car '())\n"},
    {"/wrong2.scm", "((lambda (x) x))\n"},
    {"/wrong3.scm", "(+ 1 (undefined 2))\n"},
    {"/wrong4.scm", "(display (list 1 2)\n"},
};

static int run(int count, char **words)
{
    char result[200];

    for (int i = 1; i < count; i++) {
        size_t size;
        char *source = vfs_load(words[i], &size);
        if (source == NULL) {
            printf("run: %s: %s\n", words[i], strerror(errno));
            return -1;
        }
        if (lisp_run(source, result, sizeof result) != 0)
            printf("run: %s: %s\n", words[i], result);
        free(source);
    }
    return 0;
}
SHELL_COMMAND(run, "runs Scheme programs", run);

static int eval(int count, char **words)
{
    char source[200] = "", result[200];

    for (int i = 1; i < count; i++) {
        strlcat(source, words[i], sizeof source);
        strlcat(source, " ", sizeof source);
    }
    printf("%s%s\n", lisp_run(source, result, sizeof result) == 0 ? "= " : "! ", result);
    return 0;
}
SHELL_COMMAND(eval, "evaluates an expression", eval);

static void factorial(void)
{
    struct big n, by;
    char text[200];

    big_set(&n, 1);
    for (uint64_t i = 1; i <= 50; i++) {
        big_set(&by, i);
        big_mul(&n, &n, &by);
    }
    big_to_text(&n, text, sizeof text);
    printf("50! = %s\n", text);
}

int app_main(void)
{
    char text[200];
    struct json *config = json_parse("{\"cells\": 9000, \"name\": \"scheme\"}", 33);
    uint64_t start, size;

    if (vfs_mount("/", "ramfs") != 0 || config == NULL || lisp_start((size_t)json_number(json_at(config, "cells"), 0)) != 0)
        kiln_panic("cannot start: %s", config == NULL ? json_error() : strerror(errno));
    json_print(config, text, sizeof text);
    json_free(config);
    printf("%s\n", text);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (vfs_store(files[i].path, files[i].source, strlen(files[i].source)) != 0)
            kiln_panic("%s: %s", files[i].path, strerror(errno));
    shell_run("run /lib.scm /sort.scm /queens.scm; run /count.scm /numbers.scm; run /wrong.scm /wrong2.scm /wrong3.scm /wrong4.scm; run /none.scm");
    shell_run("eval (fold * 1 (range 1 11)); eval (apply max '(2 8 5)); eval '(a . b); eval nothing; eval (lambda (x) x); help");
    factorial();
    printf("cells were collected: %s; the commands have records for unwinding: %s\n", lisp_collections() > 0 ? "yes" : "no",
           unwind_find((uint64_t)run, &start, &size) && start == (uint64_t)run ? "yes" : "no");
    log_info("done");
    return 0;
}
