namespace LayoutDsl.Analysis.Resolution;

/// <summary>What a reference meets.</summary>
public enum DefinitionKind
{
    /// <summary>Symbol 0: a relocation without a symbol.</summary>
    None,

    /// <summary>A local symbol of the same object.</summary>
    Local,

    /// <summary>The start of a section of the same object.</summary>
    Section,

    /// <summary>A local symbol or a section that is dropped as a duplicate: see <see cref="SymbolDefinition.Replacement"/>.</summary>
    Discarded,

    /// <summary>A global definition.</summary>
    Strong,

    /// <summary>A weak definition, and no global one is linked.</summary>
    Weak,

    /// <summary>A common block, which the linker allocates; the object is that of the largest one.</summary>
    Common,

    /// <summary>A symbol of the linker script.</summary>
    Script,

    /// <summary>A symbol that the linker script provides since nothing else defines it.</summary>
    Provided,

    /// <summary>A symbol that the linker makes.</summary>
    Linker,

    /// <summary>Nothing, which is allowed: the value is 0.</summary>
    UndefinedWeak,

    /// <summary>Nothing, which is an error if a relocation uses it.</summary>
    Undefined,
}
