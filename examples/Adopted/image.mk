# Builds one image: make -f image.mk IMAGE=hello. The Makefile calls it for each.
B := build/$(IMAGE)

CC      := gcc
LD      := ld
OBJCOPY := objcopy
STRIP   := strip

CFLAGS := -std=gnu11 -O2 -g1 -ffreestanding -fno-pic -fno-pie -mcmodel=small -mno-red-zone -mno-mmx \
  -fno-stack-protector -fcf-protection=none -fno-tree-loop-distribute-patterns -fno-common -fno-math-errno \
  -fno-omit-frame-pointer -ftls-model=local-exec -Wall -Wextra -Wmissing-prototypes \
  -ffile-prefix-map=$(CURDIR)=. -Iinclude -Ilib -include $(B)/include/config.h
ASFLAGS := -Iinclude -include $(B)/include/config.h
LDFLAGS := -nostdlib -static -no-pie -Wl,--build-id=none -Wl,-z,max-page-size=4096 -Wl,-z,noexecstack -Wl,--no-warn-rwx-segments

.PHONY: image
image: out/$(IMAGE).elf

# The configuration: the defaults, then what the image says.
$(B)/config.mk: configs/defaults configs/$(IMAGE).conf scripts/config.sh
	@mkdir -p $(B)/include out
	@echo "  CONFIG  $(IMAGE)"; sh scripts/config.sh $(B) configs/defaults configs/$(IMAGE).conf
include $(B)/config.mk

# Each library says what it is made of: NAME_SRCS-y, NAME_LDS (a script with its tables), NAME_LOCAL (a list of symbols to hide).
include $(sort $(wildcard lib/*/lib.mk))
LIBS += $(LIBS-y) app
app_DIR  := apps/$(CONFIG_APP)
app_SRCS-y := $(notdir $(wildcard apps/$(CONFIG_APP)/*.c))

lib_dir  = $(or $($1_DIR),lib/$1)
lib_objs = $(addprefix $(B)/lib$1/,$(addsuffix .o,$(basename $(notdir $($1_SRCS-y)))))

# A library is one object whose symbols are hidden, all but those that it exports.
define library_rules
$(B)/lib$1/%.o: $(call lib_dir,$1)/%.c $(B)/config.mk
	@mkdir -p $$(@D)
	@echo "  CC      $$@"; $$(CC) $$(CFLAGS) $$($1_CFLAGS) -MMD -MP -c -o $$@ $$<
$(B)/lib$1/%.o: $(call lib_dir,$1)/%.S $(B)/config.mk
	@mkdir -p $$(@D)
	@echo "  AS      $$@"; $$(CC) $$(ASFLAGS) -MMD -MP -c -o $$@ $$<
$(B)/lib$1/%.o: build/gen/%.c $(B)/config.mk
	@mkdir -p $$(@D)
	@echo "  CC      $$@"; $$(CC) $$(CFLAGS) $$($1_CFLAGS) -MMD -MP -c -o $$@ $$<
$(B)/lib$1.ld.o: $(call lib_objs,$1)
	@echo "  LD      $$@"; $$(LD) -r -m elf_x86_64 -o $$@ $$^
$(B)/lib$1.o: $(B)/lib$1.ld.o $(call lib_dir,$1)/exports
	@echo "  OBJCOPY $$@"; $$(OBJCOPY) $$(if $$($1_LOCAL),--localize-symbols=$(call lib_dir,$1)/exports,--keep-global-symbols=$(call lib_dir,$1)/exports) $$< $$@
endef
$(foreach l,$(LIBS),$(eval $(call library_rules,$l)))
-include $(foreach l,$(LIBS),$(patsubst %.o,%.d,$(call lib_objs,$l)))

# Scripts go through the C preprocessor, so that they see the configuration.
SCRIPTS := $(foreach l,$(LIBS),$(if $($l_LDS),$(B)/lib$l/$($l_LDS).lds))
$(B)/lib%.lds: lib/%.lds.S $(B)/config.mk
	@mkdir -p $(@D)
	@echo "  CPP     $@"; $(CC) -E -P -x assembler-with-cpp -include $(B)/include/config.h -o $@ $<

MAIN_SCRIPT := $(B)/libplat/image.lds
$(B)/$(IMAGE).dbg: $(MAIN_SCRIPT) $(SCRIPTS) $(foreach l,$(LIBS),$(B)/lib$l.o)
	@echo "  LD      $@"; $(CC) $(LDFLAGS) -Wl,-dT,$(MAIN_SCRIPT) $(addprefix -Wl$(comma)-T$(comma),$(SCRIPTS)) \
	  -Wl,-Map,$(B)/$(IMAGE).map -o $@ $(foreach l,$(LIBS),$(B)/lib$l.o)
comma := ,

# Debug information stays in the .dbg file; the header of the image gets its size and checksum, and the file the kind that its loader wants.
out/$(IMAGE).elf: $(B)/$(IMAGE).dbg build/tools/seal
	@echo "  SEAL    $@"
	@$(OBJCOPY) --only-keep-debug $< $(B)/$(IMAGE).sym
	@$(STRIP) -s -R .comment $< -o $(B)/$(IMAGE).bare
	@$(OBJCOPY) -R .note.GNU-stack $(B)/$(IMAGE).bare $@.tmp
	@build/tools/seal $< $@.tmp $(if $(CONFIG_BOOT_MULTIBOOT),--multiboot) && mv $@.tmp $@
