using System.Collections.Generic;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>Inputs whose archives are searched again and again until nothing new is undefined (ld manual: --start-group, GROUP).</summary>
/// <param name="Inputs">The inputs.</param>
public sealed record GroupInput(IReadOnlyList<LinkInput> Inputs) : LinkInput;
