using System.Collections.Generic;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>A section of a predicted image.</summary>
internal sealed class ModelSection(ScriptSection script)
{
    /// <summary>What the script says of it.</summary>
    public ScriptSection Script { get; } = script;

    /// <summary>Its name.</summary>
    public string Name => Script.Name;

    /// <summary>First address.</summary>
    public ulong Address { get; set; }

    /// <summary>Bytes.</summary>
    public ulong Size { get; set; }

    /// <summary>Whether it has code, which decides what is between its inputs.</summary>
    public bool IsCode { get; set; }

    /// <summary>Whether it has bytes in the file.</summary>
    public bool HasContent { get; set; }

    /// <summary>Whether instances may write to it.</summary>
    public bool IsWritable { get; set; }

    /// <summary>Whether it is thread-local.</summary>
    public bool IsThreadLocal { get; set; }

    /// <summary>Largest alignment of what is in it.</summary>
    public ulong Alignment { get; set; } = 1;

    /// <summary>The bytes, once they are made; null for one without any in the file.</summary>
    public byte[]? Bytes { get; set; }

    /// <summary>What is in it: by address, once it is placed.</summary>
    public List<PlacedSection> Inputs { get; } = new();

    /// <summary>The input sections of each input statement, in the order in which they are laid out.</summary>
    public Dictionary<ScriptInput, List<PlacedSection>> ByStatement { get; } = new(ReferenceComparer.Instance);

    private sealed class ReferenceComparer : IEqualityComparer<ScriptInput>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(ScriptInput? x, ScriptInput? y) => ReferenceEquals(x, y);

        public int GetHashCode(ScriptInput statement) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(statement);
    }
}
