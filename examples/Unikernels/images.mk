# Each image and the libraries it is made of: complete, and in dependency order
# (a library stands before the ones it needs). fleet.layout states the same sets.
BASE := boot console nolibc

hello_LIBS    := $(BASE)
clock_LIBS    := time $(BASE)
threads_LIBS  := sched alloc $(BASE)
files_LIBS    := ramfs compress hash alloc $(BASE)
keys_LIBS     := cipher random encoding hash $(BASE)
numbers_LIBS  := bignum random $(BASE)
names_LIBS    := dns alloc $(BASE)
store_LIBS    := kv random hash alloc $(BASE)
text_LIBS     := unicode regex encoding alloc $(BASE)
web_LIBS      := http template json encoding time alloc $(BASE)
search_LIBS   := unicode kv ramfs encoding hash alloc $(BASE)
pipeline_LIBS := sched compress json encoding random hash alloc $(BASE)
site_LIBS     := http template json ramfs cipher random compress encoding hash time sched alloc $(BASE)

IMAGES := hello clock threads files keys numbers names store text web search pipeline site

# All lambdas are made of the same libraries.
LAMBDA_LIBS := lambda template json regex encoding hash time alloc $(BASE)
LAMBDAS     := $(foreach n,$(shell seq 1 60),fn$n)
include lambdas.mk
