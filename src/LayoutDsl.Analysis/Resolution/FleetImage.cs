using System.Collections.Generic;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>An image whose archives are shared with other images.</summary>
/// <param name="Name">The name of the image.</param>
/// <param name="Inputs">Its inputs in the order of the command line; an archive that several images have is the same <see cref="LinkArchive"/>.</param>
/// <param name="Options">What its command line and script say.</param>
public sealed record FleetImage(string Name, IReadOnlyList<LinkInput> Inputs, ResolutionOptions Options);
