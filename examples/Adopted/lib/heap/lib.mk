LIBS-$(CONFIG_LIB_HEAP) += heap
heap_SRCS-y := heap.c
heap_SRCS-$(CONFIG_HEAP_BUDDY) += buddy.c
heap_SRCS-$(CONFIG_HEAP_FIRSTFIT) += firstfit.c
heap_LOCAL := y
