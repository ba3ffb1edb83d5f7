using System.Collections.Generic;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.References;

/// <summary>What a reference meets in images that give it the same.</summary>
internal sealed record ReferenceTarget(IReadOnlyList<string> Images, SymbolDefinition Definition, ulong? Value, ulong? FromAddress, ImagePlan Image);
