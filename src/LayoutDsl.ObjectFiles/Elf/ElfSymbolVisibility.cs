namespace LayoutDsl.ObjectFiles;

/// <summary>Who may see a symbol after linking (gABI: Symbol Table, ELF_ST_VISIBILITY).</summary>
public enum ElfSymbolVisibility : byte
{
    /// <summary>As the binding says.</summary>
    Default = 0,

    /// <summary>As the processor supplement says.</summary>
    Internal = 1,

    /// <summary>Not visible to other components.</summary>
    Hidden = 2,

    /// <summary>Visible, but not preemptible.</summary>
    Protected = 3,
}
