using System.Collections.Generic;

namespace LayoutDsl.Analysis.Variants;

/// <summary>An object of which the builds of a library have other contents.</summary>
/// <param name="Object">Its path, in which <c>{image}</c> stands for the image; <c>archive(member)</c> in an archive.</param>
/// <param name="Sections">The sections that differ.</param>
/// <param name="Symbol">The first global symbol that they define; null when they define none.</param>
public sealed record VariantInput(string Object, IReadOnlyList<string> Sections, string? Symbol);
