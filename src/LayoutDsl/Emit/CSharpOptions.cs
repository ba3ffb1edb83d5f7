using System.Linq;
using LayoutDsl.Emit.Scripts;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Emit;

/// <summary>What the typed plan in C# depends on beside the plan. It has no position in a file, so that an edit which only moves things emits nothing.</summary>
/// <param name="Documentation">Doc comment of the layout.</param>
/// <param name="Scripts">The scripts and fragments that the layout declares.</param>
public sealed record CSharpOptions(string Documentation, EquatableArray<ScriptText> Scripts = default)
{
    /// <summary>The version of C# that will read it, such as 8; the newest when not given.</summary>
    public int LanguageVersion { get; init; } = int.MaxValue;

    /// <summary>What a layout says of it.</summary>
    public static CSharpOptions Of(BoundLayout layout) =>
        new(layout.Documentation, layout.Scripts.Select(s => new ScriptText(s.Name, s.Documentation, ScriptEmitter.Emit(s))).ToEquatableArray());
}

/// <summary>A linker script that a layout declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Documentation">Its doc comment.</param>
/// <param name="Text">What GNU ld reads.</param>
public sealed record ScriptText(string Name, string Documentation, string Text);
